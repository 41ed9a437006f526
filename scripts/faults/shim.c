/*
 * Stands before libc (LD_PRELOAD) and makes a machine fail on demand. What fails is named by files in the folder
 * FAULTS: `full`, `readonly` (writes to the database), `read` (EIO), `fsync` (EIO), `slow` (each sync takes two
 * seconds), `clock` (seconds that its text adds).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int wanted(const char *fault) {
  const char *folder = getenv("FAULTS");
  char path[4096];
  if (!folder) return 0;
  snprintf(path, sizeof path, "%s/%s", folder, fault);
  return access(path, F_OK) == 0;
}

static int is_database(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "chat-room.db") != NULL;
}

static int refused(int fd) {
  if (!is_database(fd)) return 0;
  if (wanted("full")) return errno = ENOSPC, 1;
  if (wanted("readonly")) return errno = EROFS, 1;
  return 0;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  REAL(pwrite);
  return refused(fd) ? -1 : real(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  return refused(fd) ? -1 : real(fd, bytes, count, at);
}

static int unreadable(int fd) {
  return is_database(fd) && wanted("read") ? (errno = EIO, 1) : 0;
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) {
  REAL(pread);
  return unreadable(fd) ? -1 : real(fd, bytes, count, at);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
  REAL(pread64);
  return unreadable(fd) ? -1 : real(fd, bytes, count, at);
}

static int unsynced(int fd) {
  if (!is_database(fd)) return 0;
  if (wanted("slow")) sleep(2);
  return wanted("fsync") ? (errno = EIO, 1) : 0;
}

int fsync(int fd) {
  REAL(fsync);
  return unsynced(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  return unsynced(fd) ? -1 : real(fd);
}

static long jumped(void) {
  char path[4096];
  long seconds = 0;
  snprintf(path, sizeof path, "%s/clock", getenv("FAULTS"));
  FILE *file = fopen(path, "r");
  if (file && fscanf(file, "%ld", &seconds) != 1) seconds = 0;
  if (file) fclose(file);
  return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  REAL(clock_gettime);
  int outcome = real(clock, time);
  if (outcome == 0 && clock == CLOCK_REALTIME && wanted("clock")) time->tv_sec += jumped();
  return outcome;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  static int (*real)(struct timeval *restrict, void *restrict);
  if (!real) real = dlsym(RTLD_NEXT, "gettimeofday");
  int outcome = real(time, zone);
  if (outcome == 0 && wanted("clock")) time->tv_sec += jumped();
  return outcome;
}
