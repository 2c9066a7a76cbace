#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "Disk.h"

#include <errno.h>
#include <stddef.h>

#if defined(__linux__)
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

// Everything below asks the kernel directly, since it stands before the C library's functions.

enum { descriptors = 4096, names = 4096, path_bytes = 4096, name_bytes = 256 };
enum { no_file = 0, the_folder = -1, its_parent = -2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[path_bytes];
static size_t folder_length;
static int log_descriptor = -1;
static int32_t file_of[descriptors];
static char name_of[names][name_bytes];
static int32_t name_count;
static int64_t call_count, sync_count, failing_place;
static int32_t failing_error, failing_way, has_failed, slowness;

static void put(int32_t kind, int32_t file, int64_t number, const void *bytes, size_t count) {
  if (log_descriptor < 0) return;
  uint32_t head[5] = {(uint32_t)kind, (uint32_t)file, (uint32_t)count,
                      (uint32_t)((uint64_t)number & 0xFFFFFFFFu),
                      (uint32_t)((uint64_t)number >> 32)};
  syscall(SYS_write, log_descriptor, head, sizeof head);
  const char *rest = bytes;
  while (count > 0) {
    long done = syscall(SYS_write, log_descriptor, rest, count);
    if (done <= 0) abort();
    rest += done;
    count -= (size_t)done;
  }
}

/// The name of a path within the folder; null when it is not in it.
static const char *name_in_folder(const char *path) {
  if (folder_length == 0 || strncmp(path, folder, folder_length) != 0) return NULL;
  return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static int is_folder(const char *path) {
  return folder_length > 0 && strcmp(path, folder) == 0;
}

static int is_parent(const char *path) {
  if (folder_length == 0) return 0;
  size_t length = folder_length;
  while (length > 0 && folder[length - 1] != '/') length -= 1;
  if (length > 1) length -= 1;
  return strlen(path) == length && strncmp(path, folder, length) == 0;
}

/// The number of the file that a name means now; 0 for none.
static int32_t file_named(const char *name) {
  for (int32_t file = name_count; file > 0; file -= 1) {
    if (strcmp(name_of[file - 1], name) == 0) return file;
  }
  return no_file;
}

static int32_t new_file(const char *name) {
  if (name_count == names || strlen(name) >= name_bytes) abort();
  strcpy(name_of[name_count], name);
  name_count += 1;
  return name_count;
}

/// Counts a call, and says whether it is the one to fail.
static int must_fail(void) {
  call_count += 1;
  if (failing_way == DISK_FAILS_SYNC || call_count != failing_place) return 0;
  has_failed = 1;
  return 1;
}

static int fails_whole(void) {
  if (!must_fail() || failing_way != DISK_FAILS) return 0;
  errno = failing_error;
  return 1;
}

static int open_watched(const char *path, int flags, mode_t mode) {
  pthread_mutex_lock(&lock);
  const char *name = name_in_folder(path);
  int existed = syscall(SYS_faccessat, AT_FDCWD, path, F_OK, 0) == 0;
  if (name && !existed && (flags & O_CREAT) && fails_whole()) {
    pthread_mutex_unlock(&lock);
    return -1;
  }
  int result = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  if (result >= 0 && result < descriptors) {
    file_of[result] = is_folder(path) ? the_folder : is_parent(path) ? its_parent : no_file;
    if (name) {
      int32_t file = existed ? file_named(name) : no_file;
      if (file == no_file) {
        file = new_file(name);
        put(existed ? DISK_FOUND : DISK_CREATED, file, 0, name, strlen(name));
      } else if (flags & O_TRUNC) {
        put(DISK_TRUNCATED, file, 0, NULL, 0);
      }
      file_of[result] = file;
    }
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int open64(const char *path, int flags, ...) {
  __builtin_va_list rest;
  __builtin_va_start(rest, flags);
  mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? __builtin_va_arg(rest, mode_t) : 0;
  __builtin_va_end(rest);
  return open_watched(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  __builtin_va_list rest;
  __builtin_va_start(rest, flags);
  mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? __builtin_va_arg(rest, mode_t) : 0;
  __builtin_va_end(rest);
  return open_watched(path, flags, mode);
}

static int32_t file_at(int descriptor) {
  return descriptor >= 0 && descriptor < descriptors ? file_of[descriptor] : no_file;
}

int close(int descriptor) {
  if (descriptor >= 0 && descriptor < descriptors) {
    pthread_mutex_lock(&lock);
    file_of[descriptor] = no_file;
    pthread_mutex_unlock(&lock);
  }
  return (int)syscall(SYS_close, descriptor);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  int32_t file = file_at(descriptor);
  if (file <= 0) return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
  pthread_mutex_lock(&lock);
  ssize_t done = -1;
  if (must_fail()) {
    if (failing_way == DISK_FAILS) {
      errno = failing_error;
      goto end;
    }
    if (count > 1) count /= 2;
  }
  done = syscall(SYS_pwrite64, descriptor, bytes, count, offset);
  if (done > 0) put(DISK_WROTE, file, offset, bytes, (size_t)done);
end:
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite64(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (file_at(descriptor) <= 0) return syscall(SYS_write, descriptor, bytes, count);
  off64_t offset = syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
  ssize_t done = pwrite64(descriptor, bytes, count, offset);
  if (done > 0) syscall(SYS_lseek, descriptor, done, SEEK_CUR);
  return done;
}

int ftruncate64(int descriptor, off64_t length) {
  int32_t file = file_at(descriptor);
  if (file <= 0) return (int)syscall(SYS_ftruncate, descriptor, length);
  pthread_mutex_lock(&lock);
  int result = -1;
  if (!fails_whole()) {
    result = (int)syscall(SYS_ftruncate, descriptor, length);
    if (result == 0) put(DISK_TRUNCATED, file, length, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static int sync_watched(int descriptor, long call) {
  int32_t file = file_at(descriptor);
  if (file == no_file) return (int)syscall(call, descriptor);
  pthread_mutex_lock(&lock);
  int result = -1;
  int is_chosen = failing_way == DISK_FAILS_SYNC && file > 0 && sync_count + 1 == failing_place;
  if (is_chosen) {
    has_failed = 1;
    errno = failing_error;
  }
  if (is_chosen || fails_whole()) {
    if (file > 0) put(DISK_SYNC_FAILED, file, 0, NULL, 0);
  } else {
    result = (int)syscall(call, descriptor);
    int32_t kind = file == the_folder   ? DISK_NAMES_SYNCED
                   : file == its_parent ? DISK_FOLDER_SYNCED
                                        : DISK_SYNCED;
    put(kind, file > 0 ? file : 0, 0, NULL, 0);
    if (file > 0) sync_count += 1;
  }
  int32_t pause = slowness;
  pthread_mutex_unlock(&lock);
  if (pause > 0) {
    struct timespec time = {pause / 1000000, (pause % 1000000) * 1000L};
    int kept = errno;
    nanosleep(&time, NULL);
    errno = kept;
  }
  return result;
}

int fsync(int descriptor) { return sync_watched(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return sync_watched(descriptor, SYS_fdatasync); }

int unlink(const char *path) {
  const char *name = name_in_folder(path);
  if (!name) return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  pthread_mutex_lock(&lock);
  int result = -1;
  if (!fails_whole()) {
    result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    int32_t file = file_named(name);
    if (result == 0) {
      put(DISK_UNLINKED, file, 0, name, strlen(name));
      if (file > 0) name_of[file - 1][0] = 0;
    }
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int mkdir(const char *path, mode_t mode) {
  if (!is_folder(path)) return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  pthread_mutex_lock(&lock);
  int result = -1;
  if (!fails_whole()) {
    result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (result == 0) put(DISK_FOLDER_MADE, 0, 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static void put_unknown(const char *call) {
  pthread_mutex_lock(&lock);
  put(DISK_UNKNOWN, 0, 0, call, strlen(call));
  pthread_mutex_unlock(&lock);
}

int rename(const char *from, const char *to) {
  if (name_in_folder(from) || name_in_folder(to)) put_unknown("rename");
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int fallocate64(int descriptor, int mode, off64_t offset, off64_t length) {
  if (file_at(descriptor) > 0) put_unknown("fallocate");
  return (int)syscall(SYS_fallocate, descriptor, mode, offset, length);
}

int32_t disk_can_be_watched(void) { return 1; }

int32_t disk_watch(const char *path, const char *log) {
  disk_unwatch();
  pthread_mutex_lock(&lock);
  folder_length = strlen(path);
  while (folder_length > 1 && path[folder_length - 1] == '/') folder_length -= 1;
  if (folder_length >= path_bytes) abort();
  memcpy(folder, path, folder_length);
  folder[folder_length] = 0;
  name_count = 0;
  call_count = sync_count = failing_place = 0;
  has_failed = 0;
  if (log) {
    int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    log_descriptor = (int)syscall(SYS_openat, AT_FDCWD, log, flags, 0600);
  }
  int32_t result = log && log_descriptor < 0 ? -1 : 0;
  pthread_mutex_unlock(&lock);
  return result;
}

void disk_unwatch(void) {
  pthread_mutex_lock(&lock);
  folder_length = 0;
  folder[0] = 0;
  memset(file_of, 0, sizeof file_of);
  if (log_descriptor >= 0) syscall(SYS_close, log_descriptor);
  log_descriptor = -1;
  slowness = 0;
  pthread_mutex_unlock(&lock);
}

void disk_mark(int64_t number, const void *bytes, int32_t count) {
  pthread_mutex_lock(&lock);
  put(DISK_MARK, 0, number, bytes, (size_t)count);
  pthread_mutex_unlock(&lock);
}

void disk_fail_at(int64_t place, int32_t error, int32_t failure) {
  pthread_mutex_lock(&lock);
  failing_place = place;
  failing_error = error;
  failing_way = failure;
  has_failed = 0;
  pthread_mutex_unlock(&lock);
}

int32_t disk_has_failed(void) { return has_failed; }
int64_t disk_calls(void) { return call_count; }
int64_t disk_syncs(void) { return sync_count; }
void disk_slow_syncs(int32_t microseconds) { slowness = microseconds; }

__attribute__((constructor)) static void watch_as_told(void) {
  const char *path = getenv("DISK_FOLDER");
  if (path) disk_watch(path, getenv("DISK_LOG"));
  const char *pause = getenv("DISK_SYNC_MICROSECONDS");
  if (pause) slowness = atoi(pause);
}

#else

int32_t disk_can_be_watched(void) { return 0; }
int32_t disk_watch(const char *path, const char *log) {
  (void)path;
  (void)log;
  return -1;
}
void disk_unwatch(void) {}
void disk_mark(int64_t number, const void *bytes, int32_t count) {
  (void)number;
  (void)bytes;
  (void)count;
}
void disk_fail_at(int64_t place, int32_t error, int32_t failure) {
  (void)place;
  (void)error;
  (void)failure;
}
int32_t disk_has_failed(void) { return 0; }
int64_t disk_calls(void) { return 0; }
int64_t disk_syncs(void) { return 0; }
void disk_slow_syncs(int32_t microseconds) { (void)microseconds; }

#endif
