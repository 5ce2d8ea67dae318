// Preloaded into a process: kills it at its N-th call that leaves something behind, whichever thread makes it, or lets
// calls to its files fail.
//
// STOKE_KILL_AT=N      SIGKILL instead of the N-th call (1 is the first); without it, nobody is killed.
// STOKE_KILL_HALF=1    where that call writes octets, the first half of them is written before.
// STOKE_FAIL_AT=N      from the N-th call to a file on, writes and syncs of files fail; sockets go on.
// STOKE_FAIL_WITH=E    by this number of an error; the first one only, where STOKE_FAIL_ONCE is set.
// STOKE_KILL_LOG=FILE  the number of calls, as eight octets of this machine's order in a shared mapping: all calls, or those
//                      to files where they may fail.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static _Atomic long own_count;
static _Atomic long *count = &own_count;
static long kill_at;
static int kills_in_the_middle;
static long fail_at;
static int fail_with, fails_once;

__attribute__((constructor)) static void prepare(void) {
    const char *at = getenv("STOKE_KILL_AT"), *log = getenv("STOKE_KILL_LOG");
    kill_at = at ? atol(at) : 0;
    kills_in_the_middle = getenv("STOKE_KILL_HALF") != NULL;
    const char *from = getenv("STOKE_FAIL_AT"), *with = getenv("STOKE_FAIL_WITH");
    fail_at = from ? atol(from) : 0;
    fail_with = with ? atoi(with) : 0;
    fails_once = getenv("STOKE_FAIL_ONCE") != NULL;
    if (log == NULL) return;
    int file = open(log, O_RDWR | O_CREAT, 0600);
    if (file < 0) return;
    // Counted like any other, before the counter starts anew.
    if (ftruncate(file, sizeof(long)) == 0) {
        void *shared = mmap(NULL, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (shared != MAP_FAILED) count = shared;
    }
    close(file);
    atomic_store(count, 0);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/// Whether this call is the one.
static int strikes(void) { return fail_with == 0 && atomic_fetch_add(count, 1) + 1 == kill_at; }

/// Whether this call to a file fails; `errno` says how.
static int fails(int file) {
    struct stat facts;
    if (fail_with == 0 || fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) return 0;
    long number = atomic_fetch_add(count, 1) + 1;
    if (fail_at == 0 || (fails_once ? number != fail_at : number < fail_at)) return 0;
    errno = fail_with;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRITING(name, parameters, whole, half)                                                                        \
    ssize_t name parameters {                                                                                         \
        static __typeof__(&name) real;                                                                                \
        if (real == NULL) real = REAL(name);                                                                          \
        if (strikes()) {                                                                                              \
            if (kills_in_the_middle && size > 1) (void)!real half;                                                    \
            die();                                                                                                    \
        }                                                                                                             \
        if (fails(file)) return -1;                                                                                   \
        return real whole;                                                                                            \
    }

#define ACTING(name, file, parameters, arguments)                                                                     \
    int name parameters {                                                                                             \
        static __typeof__(&name) real;                                                                                \
        if (real == NULL) real = REAL(name);                                                                          \
        if (strikes()) die();                                                                                         \
        if (fails(file)) return -1;                                                                                   \
        return real arguments;                                                                                        \
    }

WRITING(write, (int file, const void *octets, size_t size), (file, octets, size), (file, octets, size / 2))
WRITING(pwrite, (int file, const void *octets, size_t size, off_t at), (file, octets, size, at),
        (file, octets, size / 2, at))
WRITING(pwrite64, (int file, const void *octets, size_t size, off64_t at), (file, octets, size, at),
        (file, octets, size / 2, at))
WRITING(send, (int file, const void *octets, size_t size, int flags), (file, octets, size, flags),
        (file, octets, size / 2, flags))
ACTING(fsync, file, (int file), (file))
ACTING(fdatasync, file, (int file), (file))
ACTING(rename, -1, (const char *from, const char *to), (from, to))
ACTING(ftruncate, file, (int file, off_t size), (file, size))
ACTING(ftruncate64, file, (int file, off64_t size), (file, size))
