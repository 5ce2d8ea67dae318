// Preloaded into a process: the run lock that it takes keeps out nobody, as if its folder were another one's.
//
// The write gate, which is a file, stays: SQLite needs it. What then keeps two runs from sending twice is the epoch alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <sys/file.h>
#include <sys/stat.h>

int flock(int file, int operation) {
    static int (*real)(int, int);
    if (real == NULL) real = (int (*)(int, int))dlsym(RTLD_NEXT, "flock");
    struct stat facts;
    if (fstat(file, &facts) == 0 && S_ISDIR(facts.st_mode)) return 0;
    return real(file, operation);
}
