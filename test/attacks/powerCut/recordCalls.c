// Preloaded into a program, writes down what it does to the files under RECORD_ROOT: `cc -shared -fPIC -o recordCalls.so
// recordCalls.c -ldl`. Each call is a line in RECORD_FILE, writes with their bytes behind it; recordedCalls.ts reads them. The
// calls are serialised, so that the record has the order in which they took effect.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 4096
#define REAL(name) ((__typeof__(&name))real(#name))

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char watched[DESCRIPTORS];
static int record = -1;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void lock(void) {
  pthread_mutex_lock(&mutex);
  if (record < 0) record = REAL(open)(getenv("RECORD_FILE"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void unlock(void) {
  int error = errno;
  pthread_mutex_unlock(&mutex);
  errno = error;
}

static void put(const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t written = REAL(write)(record, at, size);
    if (written <= 0) abort();
    at += written;
    size -= written;
  }
}

static void line(const char *format, ...) {
  char text[2 * PATH_MAX + 100];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(text, sizeof text, format, values);
  va_end(values);
  put(text, length);
}

static int isUnder(const char *path) {
  const char *root = getenv("RECORD_ROOT");
  return root && path && strncmp(path, root, strlen(root)) == 0;
}

static int isWatched(int descriptor) {
  return descriptor >= 0 && descriptor < DESCRIPTORS && watched[descriptor];
}

static int opened(const char *path, int flags, mode_t mode) {
  int (*next)(const char *, int, ...) = real("open");
  if (!isUnder(path)) return next(path, flags, mode);
  lock();
  struct stat before;
  int existed = stat(path, &before) == 0;
  int descriptor = next(path, flags, mode);
  if (descriptor >= 0 && descriptor < DESCRIPTORS) {
    watched[descriptor] = 1;
    line("open %d %d %d %s\n", descriptor, !existed, (flags & O_TRUNC) != 0, path);
  }
  unlock();
  return descriptor;
}

#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    va_list values;                                                                                                    \
    va_start(values, flags);                                                                                           \
    mode_t mode = flags & O_CREAT ? va_arg(values, int) : 0;                                                           \
    va_end(values);                                                                                                    \
    return opened(path, flags, mode);                                                                                  \
  }
OPEN(open)
OPEN(open64)

int close(int descriptor) {
  int (*next)(int) = real("close");
  if (!isWatched(descriptor)) return next(descriptor);
  lock();
  watched[descriptor] = 0;
  line("close %d\n", descriptor);
  int result = next(descriptor);
  unlock();
  return result;
}

static void wrote(int descriptor, long long offset, const void *bytes, ssize_t size) {
  if (size <= 0) return;
  line("write %d %lld %zd\n", descriptor, offset, size);
  put(bytes, size);
}

// What is written to the standard output is what the program reports as done.
ssize_t write(int descriptor, const void *bytes, size_t size) {
  ssize_t (*next)(int, const void *, size_t) = real("write");
  if (!isWatched(descriptor) && (descriptor != STDOUT_FILENO || !getenv("RECORD_ROOT"))) return next(descriptor, bytes, size);
  lock();
  if (descriptor == STDOUT_FILENO) {
    line("report %zu\n", size);
    put(bytes, size);
  }
  long long offset = isWatched(descriptor) ? lseek(descriptor, 0, SEEK_CUR) : 0;
  ssize_t written = next(descriptor, bytes, size);
  if (isWatched(descriptor)) wrote(descriptor, offset, bytes, written);
  unlock();
  return written;
}

#define PWRITE(name, type)                                                                                             \
  ssize_t name(int descriptor, const void *bytes, size_t size, type offset) {                                          \
    ssize_t (*next)(int, const void *, size_t, type) = real(#name);                                                    \
    if (!isWatched(descriptor)) return next(descriptor, bytes, size, offset);                                          \
    lock();                                                                                                            \
    ssize_t written = next(descriptor, bytes, size, offset);                                                           \
    wrote(descriptor, offset, bytes, written);                                                                         \
    unlock();                                                                                                          \
    return written;                                                                                                    \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, type)                                                                                           \
  int name(int descriptor, type size) {                                                                                \
    int (*next)(int, type) = real(#name);                                                                              \
    if (!isWatched(descriptor)) return next(descriptor, size);                                                         \
    lock();                                                                                                            \
    int result = next(descriptor, size);                                                                               \
    if (result == 0) line("truncate %d %lld\n", descriptor, (long long)size);                                          \
    unlock();                                                                                                          \
    return result;                                                                                                     \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                                                     \
  int name(int descriptor) {                                                                                           \
    int (*next)(int) = real(#name);                                                                                    \
    if (!isWatched(descriptor)) return next(descriptor);                                                               \
    lock();                                                                                                            \
    int result = next(descriptor);                                                                                     \
    if (result == 0) line("sync %d\n", descriptor);                                                                    \
    unlock();                                                                                                          \
    return result;                                                                                                     \
  }
SYNC(fsync)
SYNC(fdatasync)

#define OF_PATH(name, word, parameters, arguments)                                                                     \
  int name parameters {                                                                                                \
    int(*next) parameters = real(#name);                                                                               \
    if (!isUnder(path)) return next arguments;                                                                         \
    lock();                                                                                                            \
    int result = next arguments;                                                                                       \
    if (result == 0) line(word " %s\n", path);                                                                         \
    unlock();                                                                                                          \
    return result;                                                                                                     \
  }
OF_PATH(unlink, "unlink", (const char *path), (path))
OF_PATH(rmdir, "unlink", (const char *path), (path))
OF_PATH(mkdir, "mkdir", (const char *path, mode_t mode), (path, mode))

int rename(const char *path, const char *target) {
  int (*next)(const char *, const char *) = real("rename");
  if (!isUnder(path)) return next(path, target);
  lock();
  int result = next(path, target);
  if (result == 0) line("rename %zu %s%s\n", strlen(path), path, target);
  unlock();
  return result;
}

// What is not written down would be missing after the cut: it ends the attack.
#define NEVER(name, parameters, descriptor)                                                                            \
  ssize_t name parameters {                                                                                            \
    if (isWatched(descriptor)) {                                                                                       \
      fprintf(stderr, "recordCalls.c does not write down " #name "\n");                                                \
      _exit(99);                                                                                                       \
    }                                                                                                                  \
    errno = ENOSYS;                                                                                                    \
    return -1;                                                                                                         \
  }
NEVER(copy_file_range, (int from, off64_t *at, int to, off64_t *place, size_t size, unsigned flags), to)

#define VECTORS(name, parameters, arguments)                                                                           \
  ssize_t name parameters {                                                                                            \
    ssize_t(*next) parameters = real(#name);                                                                           \
    if (isWatched(descriptor)) {                                                                                       \
      fprintf(stderr, "recordCalls.c does not write down " #name "\n");                                                \
      _exit(99);                                                                                                       \
    }                                                                                                                  \
    return next arguments;                                                                                             \
  }
VECTORS(writev, (int descriptor, const struct iovec *parts, int count), (descriptor, parts, count))
VECTORS(pwritev, (int descriptor, const struct iovec *parts, int count, off_t offset),
        (descriptor, parts, count, offset))
