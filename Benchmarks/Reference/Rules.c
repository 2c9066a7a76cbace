#include <stdlib.h>
#include <string.h>

#include "Till.h"

/// The number that gates a campaign in an index, or -1 when it does not belong there.
typedef int32_t (*gate)(const reference_campaign *);

static int32_t category_gate(const reference_campaign *c) {
  return c->kind == REFERENCE_QUANTITY ? c->category : -1;
}
static int32_t sku_gate(const reference_campaign *c) {
  return c->kind == REFERENCE_SKU ? c->sku : -1;
}
static int32_t segment_gate(const reference_campaign *c) {
  return c->kind == REFERENCE_SEASON || c->kind == REFERENCE_THIRD_FREE ? c->segment : -1;
}
static int32_t coupon_gate(const reference_campaign *c) {
  return c->kind == REFERENCE_COUPON ? c->coupon : -1;
}
static int32_t visit_gate(const reference_campaign *c) {
  return c->kind == REFERENCE_VISIT ? (int32_t)c->threshold : -1;
}

static campaign_index make_index(const reference_rules *rules, gate key_of) {
  campaign_index index = {0};
  for (int32_t j = 0; j < rules->count; j++) {
    int32_t key = key_of(&rules->campaigns[j]);
    if (key >= index.key_count) index.key_count = key + 1;
  }
  index.start = calloc((size_t)index.key_count + 2, sizeof(int32_t));
  // Counted two places on, so that filling leaves each start where it belongs.
  for (int32_t j = 0; j < rules->count; j++) {
    int32_t key = key_of(&rules->campaigns[j]);
    if (key >= 0) index.start[key + 2]++;
  }
  for (int32_t k = 2; k <= index.key_count + 1; k++) index.start[k] += index.start[k - 1];
  index.ids = malloc(sizeof(int32_t) * ((size_t)index.start[index.key_count + 1] + 1));
  for (int32_t j = 0; j < rules->count; j++) {
    int32_t key = key_of(&rules->campaigns[j]);
    if (key >= 0) index.ids[index.start[key + 1]++] = j;
  }
  return index;
}

static const reference_campaign *sorted_campaigns;

static int by_rising_threshold(const void *left, const void *right) {
  const reference_campaign *one = &sorted_campaigns[*(const int32_t *)left];
  const reference_campaign *other = &sorted_campaigns[*(const int32_t *)right];
  return (one->threshold > other->threshold) - (one->threshold < other->threshold);
}

static int by_falling_last_day(const void *left, const void *right) {
  const reference_campaign *one = &sorted_campaigns[*(const int32_t *)left];
  const reference_campaign *other = &sorted_campaigns[*(const int32_t *)right];
  return (one->last_day < other->last_day) - (one->last_day > other->last_day);
}

reference_rules *reference_rules_make(const reference_campaign *campaigns, int32_t count) {
  reference_rules *rules = calloc(1, sizeof *rules);
  rules->count = count;
  rules->campaigns = malloc(sizeof *campaigns * ((size_t)count + 1));
  memcpy(rules->campaigns, campaigns, sizeof *campaigns * (size_t)count);
  for (int32_t j = 0; j < count; j++) {
    if (campaigns[j].kind == REFERENCE_THIRD_FREE) rules->campaigns[j].last_day = INT32_MAX;
    int32_t bound = campaigns[j].category + 1;
    if (bound > rules->category_bound) rules->category_bound = bound;
  }
  rules->by_category = make_index(rules, category_gate);
  rules->by_sku = make_index(rules, sku_gate);
  rules->by_segment = make_index(rules, segment_gate);
  rules->by_coupon = make_index(rules, coupon_gate);
  rules->by_visit = make_index(rules, visit_gate);
  rules->by_threshold = malloc(sizeof(int32_t) * ((size_t)count + 1));
  for (int32_t j = 0; j < count; j++) {
    if (campaigns[j].kind == REFERENCE_SUBTOTAL) rules->by_threshold[rules->threshold_count++] = j;
  }
  sorted_campaigns = rules->campaigns;
  qsort(
      rules->by_threshold, (size_t)rules->threshold_count, sizeof(int32_t), by_rising_threshold);
  campaign_index *segments = &rules->by_segment;
  for (int32_t k = 0; k < segments->key_count; k++) {
    int32_t start = segments->start[k];
    qsort(
        segments->ids + start, (size_t)(segments->start[k + 1] - start), sizeof(int32_t),
        by_falling_last_day);
  }
  return rules;
}

static void free_index(campaign_index *index) {
  free(index->start);
  free(index->ids);
}

void reference_rules_free(reference_rules *rules) {
  free_index(&rules->by_category);
  free_index(&rules->by_sku);
  free_index(&rules->by_segment);
  free_index(&rules->by_coupon);
  free_index(&rules->by_visit);
  free(rules->by_threshold);
  free(rules->campaigns);
  free(rules);
}
