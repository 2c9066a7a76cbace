// What the files of the reference share.
#ifndef PROMO_REFERENCE_TILL_H
#define PROMO_REFERENCE_TILL_H

#include "Reference.h"

/// Lines a cart has at most, less one.
#define LINE_MASK 0xFFFFFF
/// Slots of two bits in the filter: they fit the nearest cache.
#define FILTER_SLOTS 65536

/// Campaigns by the number that gates them: those of key k are ids[start[k]..<start[k + 1]].
typedef struct {
  int32_t *start;
  int32_t *ids;
  int32_t key_count;
} campaign_index;

struct reference_rules {
  reference_campaign *campaigns;
  int32_t count;
  campaign_index by_category;
  campaign_index by_sku;
  /// Within a segment the last day falls, so that what is over is passed in one step.
  campaign_index by_segment;
  campaign_index by_coupon;
  campaign_index by_visit;
  /// Subtotal campaigns by rising threshold.
  int32_t *by_threshold;
  int32_t threshold_count;
  /// Above every category that a campaign names.
  int32_t category_bound;
};

/// The lines of one category in the cart at hand.
typedef struct {
  /// Into the till's rows.
  int32_t start;
  int32_t count;
  int64_t units;
  /// Whether a deal has used its units, all but two at most.
  int32_t is_dealt;
} category_bucket;

/// A line that competes for something.
typedef struct {
  int64_t key;
  int32_t line;
} ranked_line;

/// Lines of one sku and one price, which count as one line when an amount is shared.
typedef struct {
  /// Into the till's members.
  int32_t start;
  int32_t count;
  int64_t weight;
} shared_cell;

struct reference_till {
  const reference_cart *cart;
  /// Per line: the price of a unit as it stands, the units that are paid for, what the line costs.
  int64_t *prices;
  int32_t *paid;
  int64_t *totals;

  category_bucket *buckets;
  int32_t *touched_categories;
  int32_t touched_category_count;
  /// Lines by category, ascending.
  int32_t *rows;
  int64_t *sku_units;
  int32_t *touched_skus;
  int32_t touched_sku_count;
  int64_t subtotal;
  int32_t *candidates;

  ranked_line *ranked;
  ranked_line *ranked_spare;
  int64_t *remainders;
  /// Of lines that share a cell: what each costs; `totals` of the cell's first line has their sum.
  int64_t *member_totals;
  int32_t *members;
  int64_t *member_scratch;
  shared_cell *cells;
  int32_t cell_count;
  /// Two bits a slot: somebody was here, somebody else too.
  uint64_t *filter;
  int64_t order_total;
  int64_t heaviest;
};

/// Makes every third unit of a category free, the cheapest of each three; answers whether any is.
int32_t third_free(reference_till *till, category_bucket *bucket);

/// Finds what each line costs after items effects, and the lines that count as one.
void begin_sharing(reference_till *till);
/// Takes an amount off the order; answers whether there was anything to take it off.
int32_t share_amount(reference_till *till, int64_t amount);
/// Writes the totals of lines that counted as one.
void end_sharing(reference_till *till);

#endif
