/// Stands between a program and the files of one folder: logs what is written and synced, lets a
/// chosen call fail, and makes syncs slow.
///
/// A program that links it is watched from the moment it asks. Built as a shared library and
/// preloaded, it watches any program: DISK_FOLDER names the folder, DISK_LOG the log,
/// DISK_SYNC_MICROSECONDS how long each sync is to take on top.
#ifndef PROMO_DISK_H
#define PROMO_DISK_H

#include <stdint.h>

/// What a record of the log tells. A record is five 32-bit numbers (kind, file, length of the bytes
/// that follow, and the two halves of a 64-bit number, the lower first), then the bytes.
enum disk_record {
  /// A name now means a new, empty file; the bytes are the name within the folder.
  DISK_CREATED = 1,
  /// Bytes were written at the offset in the number.
  DISK_WROTE = 2,
  /// The file was cut or filled to the length in the number.
  DISK_TRUNCATED = 3,
  /// What was done to the file so far is on the disk.
  DISK_SYNCED = 4,
  /// A sync of the file failed: what was not on the disk may never be.
  DISK_SYNC_FAILED = 5,
  /// A name means no file any more.
  DISK_UNLINKED = 6,
  /// What names mean is on the disk.
  DISK_NAMES_SYNCED = 7,
  /// The folder was made.
  DISK_FOLDER_MADE = 8,
  /// That the folder is there is on the disk.
  DISK_FOLDER_SYNCED = 9,
  /// The program said something: a number and bytes.
  DISK_MARK = 10,
  /// A call that changes files in a way the log can not tell; the bytes are its name.
  DISK_UNKNOWN = 11,
  /// A file that was there before is opened for the first time; the bytes are its name.
  DISK_FOUND = 12
};

/// How a chosen call fails.
enum disk_failure {
  /// It does nothing and gives an error.
  DISK_FAILS = 0,
  /// A write does its first half only and says so; other calls do what they should.
  DISK_HALVES = 1,
  /// As `DISK_FAILS`, but only syncs of files are counted.
  DISK_FAILS_SYNC = 2
};

/// Whether this system's calls can be watched.
int32_t disk_can_be_watched(void);
/// Begins to watch a folder, which need not be there yet, and to count calls from zero.
///
/// Paths are compared as they are written. The log is written on where it ends; without one
/// (null) nothing is logged. Answers 0, or -1 when the log can not be made.
int32_t disk_watch(const char *folder, const char *log);
/// Stops watching.
void disk_unwatch(void);
/// Logs that the program said something.
void disk_mark(int64_t number, const void *bytes, int32_t count);
/// Lets the call at a place fail, once; calls are counted from 1, and 0 lets none fail.
///
/// Calls that count: making, writing, cutting, syncing and unlinking of files in the folder, making
/// and syncing the folder.
void disk_fail_at(int64_t place, int32_t error, int32_t failure);
/// Whether the chosen call came, and failed.
int32_t disk_has_failed(void);
/// Calls since watching began.
int64_t disk_calls(void);
/// Syncs of files since watching began.
int64_t disk_syncs(void);
/// Makes every sync take so much longer.
void disk_slow_syncs(int32_t microseconds);

#endif
