// Preloaded into a process: the clock by which it limits how long it waits, CLOCK_BOOTTIME, goes at a hundredth of its pace.
//
// What a limit does is then never seen on a busy machine, and all else is as it is.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <time.h>

enum { SLOWNESS = 100 };

static struct timespec start;

__attribute__((constructor)) static void prepare(void) { clock_gettime(CLOCK_BOOTTIME, &start); }

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (real == NULL) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, time);
    if (result != 0 || clock != CLOCK_BOOTTIME || start.tv_sec == 0) return result;
    long long passed = (time->tv_sec - start.tv_sec) * 1000000000LL + (time->tv_nsec - start.tv_nsec);
    long long slow = start.tv_nsec + passed / SLOWNESS;
    time->tv_sec = start.tv_sec + slow / 1000000000LL;
    time->tv_nsec = slow % 1000000000LL;
    return 0;
}
