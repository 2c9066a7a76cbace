#include "Till.h"

/// Whether one line's units are taken before another's: the dearer, then the lower sku, then the
/// higher original price; lines come in their order and the sort keeps it.
static inline int precedes(const reference_till *till, ranked_line one, ranked_line other) {
  if (one.key != other.key) return one.key > other.key;
  int32_t sku = till->cart->skus[one.line], other_sku = till->cart->skus[other.line];
  if (sku != other_sku) return sku < other_sku;
  return till->cart->prices[one.line] > till->cart->prices[other.line];
}

/// Sorts by merging, in two rooms that swap; short stretches are inserted.
static ranked_line *sort(reference_till *till, int32_t count) {
  enum { stretch = 12 };
  ranked_line *from = till->ranked, *to = till->ranked_spare;
  for (int32_t low = 0; low < count; low += stretch) {
    int32_t high = low + stretch < count ? low + stretch : count;
    for (int32_t i = low + 1; i < high; i++) {
      ranked_line entry = from[i];
      int32_t j = i;
      for (; j > low && precedes(till, entry, from[j - 1]); j--) from[j] = from[j - 1];
      from[j] = entry;
    }
  }
  for (int32_t width = stretch; width < count; width *= 2) {
    for (int32_t low = 0; low < count; low += 2 * width) {
      int32_t middle = low + width < count ? low + width : count;
      int32_t high = low + 2 * width < count ? low + 2 * width : count;
      int32_t left = low, right = middle;
      for (int32_t k = low; k < high; k++) {
        int takes_right =
            left == middle || (right < high && precedes(till, from[right], from[left]));
        to[k] = takes_right ? from[right++] : from[left++];
      }
    }
    ranked_line *swap = from;
    from = to;
    to = swap;
  }
  return from;
}

int32_t third_free(reference_till *till, category_bucket *bucket) {
  // After one deal fewer than three units are unused, and no other kind of deal gives any back.
  if (bucket->is_dealt) return 0;
  const int32_t *rows = till->rows + bucket->start;
  int32_t count = 0;
  int64_t units = 0;
  for (int32_t k = 0; k < bucket->count; k++) {
    int32_t line = rows[k];
    if (till->prices[line] <= 0) continue;
    till->ranked[count++] = (ranked_line){till->prices[line], line};
    units += till->paid[line];
  }
  int64_t groups = units / 3;
  if (groups == 0) return 0;
  bucket->is_dealt = 1;
  const ranked_line *ranked = sort(till, count);
  // The line whose unit is free of the open group: the first of those at its lowest price.
  int32_t open = 0, reward = -1;
  int64_t lowest = 0;
  for (int32_t k = 0; k < count && groups > 0; k++) {
    int32_t line = ranked[k].line;
    int32_t left = till->paid[line];
    while (left > 0 && groups > 0) {
      if (open == 0 && left >= 3) {
        int32_t whole = groups < left / 3 ? (int32_t)groups : left / 3;
        till->paid[line] -= whole;
        left -= whole * 3;
        groups -= whole;
        continue;
      }
      int32_t taken = left < 3 - open ? left : 3 - open;
      if (open == 0 || ranked[k].key < lowest) {
        lowest = ranked[k].key;
        reward = line;
      }
      open += taken;
      left -= taken;
      if (open == 3) {
        till->paid[reward]--;
        open = 0;
        groups--;
      }
    }
  }
  return 1;
}
