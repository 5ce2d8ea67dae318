#include "CBuild.h"

// In C, because this is the only file that a new commit compiles again.
const char *stoke_commit(void) { return STOKE_COMMIT; }
