#include <string.h>

#include "Till.h"

static int is_discounted(const reference_till *till, int32_t line) {
  return till->prices[line] < till->cart->prices[line];
}

/// Whether a line stands before another, in a tie too: by sku, the dearer, what is not yet
/// discounted, and at last by line. Lines of one cell stand together.
static int stands_before(const reference_till *till, int32_t one, int32_t other) {
  int32_t sku = till->cart->skus[one], other_sku = till->cart->skus[other];
  if (sku != other_sku) return sku < other_sku;
  if (till->prices[one] != till->prices[other]) return till->prices[one] > till->prices[other];
  int first = is_discounted(till, one), second = is_discounted(till, other);
  if (first != second) return first < second;
  return one < other;
}

/// Forty bits that follow from a line's sku and price, with the line below them.
static inline uint64_t mark_of(const reference_till *till, int32_t line) {
  uint64_t price = (uint64_t)till->prices[line], sku = (uint32_t)till->cart->skus[line];
  uint64_t key = (price * UINT64_C(0x9E3779B97F4A7C15) + sku) * UINT64_C(0xC2B2AE3D27D4EB4F);
  key = (key ^ key >> 32) * UINT64_C(0x9E3779B97F4A7C15);
  return (key & ~(uint64_t)LINE_MASK) | (uint32_t)line;
}

/// Keeps the marks that meet another in sixteen of their bits: all that have an equal, few others.
static int32_t filter(reference_till *till, uint64_t *marks, int32_t count, int shift) {
  uint32_t slots = 64;
  while (slots < FILTER_SLOTS && slots / 16 < (uint32_t)count) slots *= 2;
  memset(till->filter, 0, slots / 4);
  uint64_t repeated = 0;
  for (int32_t k = 0; k < count; k++) {
    uint64_t at = marks[k] >> shift & (slots - 1), bit = UINT64_C(1) << at % 32 * 2;
    uint64_t again = (till->filter[at / 32] & bit) << 1;
    repeated |= again;
    till->filter[at / 32] |= bit | again;
  }
  if (!repeated) return 0;
  int32_t kept = 0;
  for (int32_t k = 0; k < count; k++) {
    uint64_t mark = marks[k], at = mark >> shift & (slots - 1);
    marks[kept] = mark;
    kept += till->filter[at / 32] >> at % 32 * 2 & 2 ? 1 : 0;
  }
  return kept;
}

/// Adds the lines among marks whose sku and price somebody else has too, and next to no others.
static int32_t add_suspects(reference_till *till, uint64_t *marks, int32_t count, int32_t found) {
  count = filter(till, marks, count, 24);
  if (count > 0) count = filter(till, marks, count, 40);
  for (int32_t k = 0; k < count; k++) {
    int32_t line = (int32_t)(marks[k] & LINE_MASK);
    if (till->totals[line] > 0) till->members[found++] = line;
  }
  return found;
}

/// Finds the lines that may count as one with another.
///
/// Many lines are parted by their marks first, so that the filter of a part stays in the nearest
/// cache.
static int32_t find_suspects(reference_till *till) {
  int32_t n = till->cart->line_count;
  uint64_t *marks = (uint64_t *)till->remainders;
  int bits = 0;
  while (bits < 8 && n >> bits > FILTER_SLOTS / 16) bits++;
  if (bits == 0) {
    for (int32_t i = 0; i < n; i++) marks[i] = mark_of(till, i);
    return add_suspects(till, marks, n, 0);
  }
  int32_t ends[257] = {0};
  for (int32_t i = 0; i < n; i++) ends[(mark_of(till, i) >> (64 - bits)) + 1]++;
  for (int part = 0; part < 1 << bits; part++) ends[part + 1] += ends[part];
  for (int32_t i = 0; i < n; i++) {
    uint64_t mark = mark_of(till, i);
    marks[ends[mark >> (64 - bits)]++] = mark;
  }
  int32_t found = 0;
  for (int32_t part = 0, start = 0; part < 1 << bits; start = ends[part++]) {
    found = add_suspects(till, marks + start, ends[part] - start, found);
  }
  return found;
}

/// A heap sort: suspects are few, and it needs no room.
static void sort_suspects(const reference_till *till, int32_t *lines, int32_t count) {
  for (int32_t start = count / 2, end = count; end > 1;) {
    if (start > 0) {
      start--;
    } else {
      end--;
      int32_t last = lines[end];
      lines[end] = lines[0];
      lines[0] = last;
    }
    int32_t hole = start, moved = lines[hole];
    for (int32_t child; (child = 2 * hole + 1) < end; hole = child) {
      if (child + 1 < end && stands_before(till, lines[child], lines[child + 1])) child++;
      if (!stands_before(till, moved, lines[child])) break;
      lines[hole] = lines[child];
    }
    lines[hole] = moved;
  }
}

static int is_same_cell(const reference_till *till, int32_t one, int32_t other) {
  return till->cart->skus[one] == till->cart->skus[other]
         && till->prices[one] == till->prices[other]
         && is_discounted(till, one) == is_discounted(till, other);
}

void begin_sharing(reference_till *till) {
  int32_t n = till->cart->line_count;
  int64_t total = 0, heaviest = 0;
  for (int32_t i = 0; i < n; i++) {
    int64_t cost = till->prices[i] * till->paid[i];
    till->totals[i] = cost;
    total += cost;
    heaviest = cost > heaviest ? cost : heaviest;
  }
  till->order_total = total;
  till->cell_count = 0;
  int32_t count = find_suspects(till);
  sort_suspects(till, till->members, count);
  for (int32_t start = 0, end; start < count; start = end) {
    int32_t first = till->members[start];
    int64_t weight = till->totals[first];
    for (end = start + 1; end < count && is_same_cell(till, first, till->members[end]); end++) {
      weight += till->totals[till->members[end]];
    }
    if (end - start < 2) continue;
    for (int32_t k = start; k < end; k++) {
      int32_t line = till->members[k];
      till->member_totals[line] = till->totals[line];
      till->totals[line] = 0;
    }
    till->totals[first] = weight;
    heaviest = weight > heaviest ? weight : heaviest;
    till->cells[till->cell_count++] = (shared_cell){start, end - start, weight};
  }
  till->heaviest = heaviest;
}

/// Whether an entry is among the first: the larger remainder, then the larger weight, then by rank.
static inline int wins(
    const reference_till *till, const int64_t *weights, const int32_t *lines, ranked_line one,
    ranked_line other) {
  if (one.key != other.key) return one.key > other.key;
  if (one.line == other.line) return 0;
  if (weights[one.line] != weights[other.line]) return weights[one.line] > weights[other.line];
  if (lines) return one.line < other.line;
  return stands_before(till, one.line, other.line);
}

/// Moves the winners among entries to the front.
static void select_first(
    const reference_till *till, const int64_t *weights, const int32_t *lines, ranked_line *entries,
    int32_t count, int32_t wanted) {
  int32_t low = 0, high = count - 1;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (wins(till, weights, lines, entries[middle], entries[low])) {
      ranked_line swap = entries[middle];
      entries[middle] = entries[low];
      entries[low] = swap;
    }
    if (wins(till, weights, lines, entries[high], entries[low])) {
      ranked_line swap = entries[high];
      entries[high] = entries[low];
      entries[low] = swap;
    }
    if (wins(till, weights, lines, entries[middle], entries[high])) {
      ranked_line swap = entries[middle];
      entries[middle] = entries[high];
      entries[high] = swap;
    }
    ranked_line pivot = entries[high];
    int32_t place = low;
    for (int32_t k = low; k < high; k++) {
      ranked_line entry = entries[k];
      int is_first = wins(till, weights, lines, entry, pivot);
      entries[k] = entries[place];
      entries[place] = entry;
      place += is_first;
    }
    entries[high] = entries[place];
    entries[place] = pivot;
    if (place == wanted || place == wanted - 1) return;
    if (place > wanted) high = place - 1; else low = place + 1;
  }
}

/// Takes one minor unit off the entries with the largest keys.
///
/// Keys are counted by their leading bits first, so that only those at the border are compared.
static void give_spare(
    reference_till *till, int64_t *weights, const int32_t *lines, const int64_t *keys,
    int32_t count, int64_t largest, int32_t spare) {
  enum { bits = 11, few = 192 };
  ranked_line *entries = till->ranked;
  int32_t border_count = 0;
  if (count <= few) {
    for (int32_t i = 0; i < count; i++) {
      entries[border_count] = (ranked_line){keys[i], i};
      border_count += keys[i] > 0;
    }
  } else {
    int shift = 0;
    while (largest >> shift >> bits) shift++;
    int32_t counts[1 << bits] = {0};
    for (int32_t i = 0; i < count; i++) counts[keys[i] >> shift]++;
    int32_t border = (1 << bits) - 1;
    while (counts[border] < spare) spare -= counts[border--];
    for (int32_t i = 0; i < count; i++) {
      int64_t key = keys[i], bucket = key >> shift;
      entries[border_count] = (ranked_line){key, i};
      border_count += bucket == border;
      // A key is not read again once its weight has changed: `keys` may be `weights`.
      weights[i] -= bucket > border;
    }
  }
  if (spare > 0 && spare < border_count) {
    select_first(till, weights, lines, entries, border_count, spare);
  }
  for (int32_t k = 0; k < spare && k < border_count; k++) weights[entries[k].line]--;
}

/// Takes an amount off weights in proportion to them, by largest remainder.
///
/// - lines: The lines the weights are of, ascending and of one sku and price; NULL for all lines.
static void share(
    reference_till *till, int64_t *weights, const int32_t *lines, int32_t count, int64_t amount,
    int64_t total, int64_t heaviest) {
  if (amount >= total) {
    for (int32_t i = 0; i < count; i++) weights[i] = 0;
    return;
  }
  if ((__int128)amount * heaviest < total) {
    // No share reaches one, so remainders rank as weights do.
    give_spare(till, weights, lines, weights, count, heaviest, (int32_t)amount);
    return;
  }
  int64_t *remainders = till->remainders, spare = amount;
  if ((__int128)amount * heaviest < (__int128)1 << 52) {
    double inverse = 1.0 / (double)total;
    for (int32_t i = 0; i < count; i++) {
      int64_t product = amount * weights[i];
      int64_t quotient = (int64_t)((double)product * inverse);
      int64_t remainder = product - quotient * total;
      // The estimate is one off at most.
      int64_t below = remainder < 0, above = remainder >= total;
      quotient += above - below;
      remainders[i] = remainder + (below - above) * total;
      weights[i] -= quotient;
      spare -= quotient;
    }
  } else {
    for (int32_t i = 0; i < count; i++) {
      __int128 product = (__int128)amount * weights[i];
      int64_t quotient = (int64_t)(product / total);
      remainders[i] = (int64_t)(product - (__int128)quotient * total);
      weights[i] -= quotient;
      spare -= quotient;
    }
  }
  if (spare > 0) {
    give_spare(till, weights, lines, remainders, count, total - 1, (int32_t)spare);
  }
}

int32_t share_amount(reference_till *till, int64_t amount) {
  int64_t total = till->order_total;
  if (total <= 0 || amount <= 0) return 0;
  share(till, till->totals, 0, till->cart->line_count, amount, total, till->heaviest);
  till->order_total = amount < total ? total - amount : 0;
  for (int32_t c = 0; c < till->cell_count; c++) {
    shared_cell *cell = &till->cells[c];
    const int32_t *lines = till->members + cell->start;
    int64_t taken = cell->weight - till->totals[lines[0]];
    if (taken == 0) continue;
    int64_t heaviest = 0;
    for (int32_t k = 0; k < cell->count; k++) {
      till->member_scratch[k] = till->member_totals[lines[k]];
      if (till->member_scratch[k] > heaviest) heaviest = till->member_scratch[k];
    }
    share(till, till->member_scratch, lines, cell->count, taken, cell->weight, heaviest);
    for (int32_t k = 0; k < cell->count; k++) {
      till->member_totals[lines[k]] = till->member_scratch[k];
    }
    cell->weight -= taken;
  }
  return 1;
}

void end_sharing(reference_till *till) {
  for (int32_t c = 0; c < till->cell_count; c++) {
    const int32_t *lines = till->members + till->cells[c].start;
    for (int32_t k = 0; k < till->cells[c].count; k++) {
      till->totals[lines[k]] = till->member_totals[lines[k]];
    }
  }
}
