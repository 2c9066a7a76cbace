#include "Allocations.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__GLIBC__)
#include <malloc.h>
#include <stdatomic.h>

// The C library's own functions, under the names it keeps for those who stand before it.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *old);

static atomic_int is_counting;
static atomic_llong count;

static inline void note(void) {
  // While nobody counts this is one load and a branch that is never taken.
  if (atomic_load_explicit(&is_counting, memory_order_relaxed)) {
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
  }
}

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note();
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  note();
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  note();
  void *room = __libc_memalign(alignment, size);
  if (!room) return ENOMEM;
  *result = room;
  return 0;
}

void free(void *old) { __libc_free(old); }

int32_t allocations_can_be_counted(void) { return 1; }

void allocations_begin(void) {
  atomic_store(&count, 0);
  atomic_store(&is_counting, 1);
}

int64_t allocations_end(void) {
  atomic_store(&is_counting, 0);
  return atomic_load(&count);
}

int64_t allocated_bytes(void) {
  struct mallinfo2 info = mallinfo2();
  return (int64_t)(info.uordblks + info.hblkhd);
}

#else

int32_t allocations_can_be_counted(void) { return 0; }
void allocations_begin(void) {}
int64_t allocations_end(void) { return 0; }
int64_t allocated_bytes(void) { return 0; }

#endif
