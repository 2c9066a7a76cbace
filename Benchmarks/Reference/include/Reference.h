/// A till written by hand in C for seven kinds of campaigns: what the engine is measured against.
///
/// It prices a cart to the cent as the rule language does: items effects in file order, each
/// setting unit prices with one rounding, then order effects in file order, each one amount shared
/// by largest remainder. It knows nothing else: no language, no reasons, no stacking, no floors.
///
/// What makes it fast: columns, lines bucketed by category once, campaigns found through what gates
/// them, remainders selected and not sorted, no allocation for a cart. SwiftPM builds it with -O2;
/// -O3 makes no difference that could be measured.
#ifndef PROMO_REFERENCE_H
#define PROMO_REFERENCE_H

#include <stdint.h>

/// What a campaign asks and gives.
enum {
  /// Units of a category reach the threshold: a percentage off the category.
  REFERENCE_QUANTITY,
  /// The subtotal reaches the threshold: an amount off the order.
  REFERENCE_SUBTOTAL,
  /// The visit has the number of the threshold: an amount off the order.
  REFERENCE_VISIT,
  /// A segment between two days, both included: a percentage off a category.
  REFERENCE_SEASON,
  /// A segment: the cheapest of every three units of a category is free.
  REFERENCE_THIRD_FREE,
  /// A coupon: a percentage off a category, or off everything.
  REFERENCE_COUPON,
  /// Units of a sku reach the threshold: a percentage off the sku.
  REFERENCE_SKU
};

/// One campaign; fields that its kind does not name are not read.
typedef struct {
  int32_t kind;
  /// -1 for all items, where a coupon gives.
  int32_t category;
  int32_t sku;
  int32_t segment;
  int32_t coupon;
  /// Days as the decimal digits of year, month and day.
  int32_t first_day;
  int32_t last_day;
  int32_t basis_points;
  int64_t threshold;
  /// Minor units.
  int64_t amount;
} reference_campaign;

/// A cart as columns. Skus are numbered in the order of their bytes.
typedef struct {
  int32_t line_count;
  const int32_t *skus;
  const int32_t *categories;
  const int32_t *quantities;
  /// Minor units.
  const int64_t *prices;
  int32_t segment;
  int32_t earlier_visits;
  int32_t day;
  int32_t coupons[2];
} reference_cart;

/// What a cart came to; the columns belong to the till and hold until it prices again.
typedef struct {
  /// What each line costs after all discounts.
  const int64_t *line_totals;
  int64_t total;
  /// Campaigns that took something off.
  int32_t applied;
} reference_quote;

/// Campaigns, indexed by what gates them.
typedef struct reference_rules reference_rules;
/// Room to price carts in; one per thread.
typedef struct reference_till reference_till;

/// Indexes campaigns; they are copied.
reference_rules *reference_rules_make(const reference_campaign *campaigns, int32_t count);
void reference_rules_free(reference_rules *rules);

/// Room for carts of so many lines, of categories below a count and skus up to one; pricing
/// allocates nothing.
reference_till *reference_till_make(
    const reference_rules *rules, int32_t line_count, int32_t category_count, int32_t sku_count);
void reference_till_free(reference_till *till);

/// Prices a cart.
reference_quote reference_price(
    const reference_rules *rules, reference_till *till, const reference_cart *cart);

#endif
