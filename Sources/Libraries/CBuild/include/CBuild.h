#pragma once

/// The commit this program was built from, or "" where that was not told.
const char *stoke_commit(void);
