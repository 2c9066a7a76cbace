#include <stdlib.h>
#include <string.h>

#include "Till.h"

reference_till *reference_till_make(
    const reference_rules *rules, int32_t line_count, int32_t category_count, int32_t sku_count) {
  reference_till *till = calloc(1, sizeof *till);
  size_t lines = (size_t)line_count + 1;
  if (category_count < rules->category_bound) category_count = rules->category_bound;
  till->prices = malloc(lines * sizeof *till->prices);
  till->paid = malloc(lines * sizeof *till->paid);
  till->totals = malloc(lines * sizeof *till->totals);
  till->buckets = calloc((size_t)category_count + 1, sizeof *till->buckets);
  till->touched_categories = malloc(((size_t)category_count + 1) * sizeof(int32_t));
  till->rows = malloc(lines * sizeof *till->rows);
  till->sku_units = calloc((size_t)sku_count + 2, sizeof *till->sku_units);
  till->touched_skus = malloc(lines * sizeof *till->touched_skus);
  till->candidates = malloc(((size_t)rules->count + 1) * sizeof(int32_t));
  till->ranked = malloc(lines * sizeof *till->ranked);
  till->ranked_spare = malloc(lines * sizeof *till->ranked_spare);
  till->remainders = malloc(lines * sizeof *till->remainders);
  till->member_totals = malloc(lines * sizeof *till->member_totals);
  till->members = malloc(lines * sizeof *till->members);
  till->member_scratch = malloc(lines * sizeof *till->member_scratch);
  till->cells = malloc(lines * sizeof *till->cells);
  till->filter = malloc(FILTER_SLOTS / 4);
  return till;
}

void reference_till_free(reference_till *till) {
  void *rooms[] = {
      till->prices, till->paid, till->totals, till->buckets, till->touched_categories, till->rows,
      till->sku_units, till->touched_skus, till->candidates, till->ranked, till->ranked_spare,
      till->remainders, till->member_totals, till->members, till->member_scratch, till->cells,
      till->filter, till};
  for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) free(rooms[i]);
}

/// Copies what changes, and sums what conditions ask for, in one pass; then buckets the lines.
static void take_cart(const reference_rules *rules, reference_till *till) {
  const reference_cart *cart = till->cart;
  int32_t n = cart->line_count, touched = 0, touched_skus = 0;
  int64_t subtotal = 0;
  const int32_t *sku_start = rules->by_sku.start;
  for (int32_t i = 0; i < n; i++) {
    int32_t quantity = cart->quantities[i], category = cart->categories[i], sku = cart->skus[i];
    int64_t price = cart->prices[i];
    till->prices[i] = price;
    till->paid[i] = quantity;
    subtotal += price * quantity;
    category_bucket *bucket = &till->buckets[category];
    if (!bucket->count++) till->touched_categories[touched++] = category;
    bucket->units += quantity;
    if (sku < rules->by_sku.key_count && sku_start[sku] != sku_start[sku + 1]) {
      if (!till->sku_units[sku]) till->touched_skus[touched_skus++] = sku;
      till->sku_units[sku] += quantity;
    }
  }
  int32_t place = 0;
  for (int32_t k = 0; k < touched; k++) {
    category_bucket *bucket = &till->buckets[till->touched_categories[k]];
    bucket->start = place;
    place += bucket->count;
  }
  for (int32_t i = 0; i < n; i++) till->rows[till->buckets[cart->categories[i]].start++] = i;
  for (int32_t k = 0; k < touched; k++) {
    category_bucket *bucket = &till->buckets[till->touched_categories[k]];
    bucket->start -= bucket->count;
  }
  till->touched_category_count = touched;
  till->touched_sku_count = touched_skus;
  till->subtotal = subtotal;
}

static int rising(const void *left, const void *right) {
  int32_t one = *(const int32_t *)left, other = *(const int32_t *)right;
  return (one > other) - (one < other);
}

/// Puts candidates back into file order.
static void sort_candidates(int32_t *candidates, int32_t count) {
  if (count > 64) {
    qsort(candidates, (size_t)count, sizeof *candidates, rising);
    return;
  }
  for (int32_t i = 1; i < count; i++) {
    int32_t id = candidates[i], j = i;
    for (; j > 0 && candidates[j - 1] > id; j--) candidates[j] = candidates[j - 1];
    candidates[j] = id;
  }
}

/// Asks each index for the campaigns of this cart; answers how many hold, in file order.
static int32_t find_candidates(const reference_rules *rules, reference_till *till) {
  const reference_cart *cart = till->cart;
  const reference_campaign *all = rules->campaigns;
  int32_t *found = till->candidates, count = 0;
  const campaign_index *index = &rules->by_category;
  for (int32_t k = 0; k < till->touched_category_count; k++) {
    int32_t category = till->touched_categories[k];
    if (category >= index->key_count) continue;
    for (int32_t p = index->start[category]; p < index->start[category + 1]; p++) {
      int32_t id = index->ids[p];
      if (till->buckets[category].units >= all[id].threshold) found[count++] = id;
    }
  }
  index = &rules->by_sku;
  for (int32_t k = 0; k < till->touched_sku_count; k++) {
    int32_t sku = till->touched_skus[k];
    for (int32_t p = index->start[sku]; p < index->start[sku + 1]; p++) {
      int32_t id = index->ids[p];
      if (till->sku_units[sku] >= all[id].threshold) found[count++] = id;
    }
  }
  index = &rules->by_segment;
  if (cart->segment < index->key_count) {
    for (int32_t p = index->start[cart->segment]; p < index->start[cart->segment + 1]; p++) {
      int32_t id = index->ids[p];
      if (all[id].last_day < cart->day) break;
      if (all[id].kind == REFERENCE_THIRD_FREE || all[id].first_day <= cart->day) {
        found[count++] = id;
      }
    }
  }
  index = &rules->by_coupon;
  for (int32_t c = 0; c < 2; c++) {
    int32_t coupon = cart->coupons[c];
    if (coupon >= index->key_count || (c == 1 && coupon == cart->coupons[0])) continue;
    for (int32_t p = index->start[coupon]; p < index->start[coupon + 1]; p++) {
      found[count++] = index->ids[p];
    }
  }
  index = &rules->by_visit;
  int32_t visit = cart->earlier_visits + 1;
  if (visit < index->key_count) {
    for (int32_t p = index->start[visit]; p < index->start[visit + 1]; p++) {
      found[count++] = index->ids[p];
    }
  }
  for (int32_t p = 0; p < rules->threshold_count; p++) {
    if (all[rules->by_threshold[p]].threshold > till->subtotal) break;
    found[count++] = rules->by_threshold[p];
  }
  sort_candidates(found, count);
  return count;
}

/// The new price of a unit: one rounding, half away from zero.
static inline int64_t cut(int64_t price, uint32_t left) {
  return (int64_t)(((uint64_t)price * left + 5000) / 10000);
}

/// Cuts one line; answers whether any unit that is paid for became cheaper.
static inline int32_t cut_line(reference_till *till, int32_t line, uint32_t left) {
  int64_t price = till->prices[line], lower = cut(price, left);
  till->prices[line] = lower;
  return lower < price && till->paid[line] > 0;
}

static int32_t apply_items(reference_till *till, const reference_campaign *campaign) {
  uint32_t left = 10000 - (uint32_t)campaign->basis_points;
  int32_t has_given = 0, n = till->cart->line_count;
  if (campaign->kind == REFERENCE_COUPON && campaign->category < 0) {
    for (int32_t i = 0; i < n; i++) has_given |= cut_line(till, i, left);
    return has_given;
  }
  if (campaign->kind == REFERENCE_SKU) {
    const int32_t *skus = till->cart->skus;
    // A sku has one category, so its lines are among the rows of that.
    category_bucket *bucket = &till->buckets[campaign->category];
    for (int32_t k = bucket->start; k < bucket->start + bucket->count; k++) {
      int32_t line = till->rows[k];
      if (skus[line] == campaign->sku) has_given |= cut_line(till, line, left);
    }
    return has_given;
  }
  category_bucket *bucket = &till->buckets[campaign->category];
  if (campaign->kind == REFERENCE_THIRD_FREE) return third_free(till, bucket);
  const int32_t *rows = till->rows + bucket->start;
  for (int32_t k = 0; k < bucket->count; k++) has_given |= cut_line(till, rows[k], left);
  return has_given;
}

static int is_order_effect(const reference_campaign *campaign) {
  return campaign->kind == REFERENCE_SUBTOTAL || campaign->kind == REFERENCE_VISIT;
}

static void clear(reference_till *till) {
  for (int32_t k = 0; k < till->touched_category_count; k++) {
    till->buckets[till->touched_categories[k]] = (category_bucket){0};
  }
  for (int32_t k = 0; k < till->touched_sku_count; k++) till->sku_units[till->touched_skus[k]] = 0;
}

reference_quote reference_price(
    const reference_rules *rules, reference_till *till, const reference_cart *cart) {
  till->cart = cart;
  take_cart(rules, till);
  int32_t count = find_candidates(rules, till), applied = 0, order_effects = 0;
  for (int32_t k = 0; k < count; k++) {
    const reference_campaign *campaign = &rules->campaigns[till->candidates[k]];
    if (is_order_effect(campaign)) {
      order_effects++;
    } else {
      applied += apply_items(till, campaign);
    }
  }
  reference_quote quote = {till->totals, 0, 0};
  if (order_effects) {
    begin_sharing(till);
    for (int32_t k = 0; k < count; k++) {
      const reference_campaign *campaign = &rules->campaigns[till->candidates[k]];
      if (is_order_effect(campaign)) applied += share_amount(till, campaign->amount);
    }
    end_sharing(till);
    quote.total = till->order_total;
  } else {
    for (int32_t i = 0; i < cart->line_count; i++) {
      till->totals[i] = till->prices[i] * till->paid[i];
      quote.total += till->totals[i];
    }
  }
  quote.applied = applied;
  clear(till);
  return quote;
}
