/// Counts allocations of the whole process, Swift's included, by standing before the C library.
#ifndef PROMO_ALLOCATIONS_H
#define PROMO_ALLOCATIONS_H

#include <stdint.h>

/// Whether this system's allocations can be counted.
int32_t allocations_can_be_counted(void);
/// Begins to count, from zero.
void allocations_begin(void);
/// Stops counting and answers how many there were.
int64_t allocations_end(void);
/// Bytes that are allocated and not freed; 0 where nobody knows.
int64_t allocated_bytes(void);

#endif
