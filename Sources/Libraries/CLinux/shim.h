#pragma once
// The few calls that Swift's Glibc module does not have: variadic, or behind _GNU_SOURCE.
#if defined(__linux__)
#include <pthread.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/vfs.h>

extern int pthread_setname_np(pthread_t thread, const char *name);
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

/// No core dumps of this process, and no tracing by other processes of its user.
static inline int stoke_set_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/// Whether this process may be dumped or traced.
static inline int stoke_is_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
#endif
