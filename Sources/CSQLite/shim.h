#include <sqlite3.h>

/// Lets SQLite count no bytes that it allocates; the count costs a lock for every allocation. It is
/// asked before the first connection, and refused afterwards.
static inline int sqlite3_count_no_bytes(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
