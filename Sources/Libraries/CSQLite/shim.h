#pragma once
#include <sqlite3.h>

// Swift can't call variadic functions, nor see casts in macros.

/// Sets a switch of a connection (SQLITE_DBCONFIG_...); returns SQLite's code.
static inline int stoke_sqlite3_set(sqlite3 *_Nonnull db, int option, int value) {
    return sqlite3_db_config(db, option, value, (int *)0);
}

/// Gives a connection fast memory of its own: so many slots of so many octets; before its first statement.
static inline int stoke_sqlite3_lookaside(sqlite3 *_Nonnull db, int octets, int slots) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, (void *)0, octets, slots);
}

/// Keeps no count of the memory in use, which costs a lock each time; before anything else is asked of SQLite.
static inline int stoke_sqlite3_uncounted(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

/// Binds a text that SQLite copies.
static inline int stoke_sqlite3_bind_text(sqlite3_stmt *_Nonnull statement, int index, const char *_Nullable text,
                                          int count) {
    return sqlite3_bind_text(statement, index, text ? text : "", count, SQLITE_TRANSIENT);
}

/// Binds octets that SQLite copies.
static inline int stoke_sqlite3_bind_blob(sqlite3_stmt *_Nonnull statement, int index, const void *_Nullable octets,
                                          int count) {
    return sqlite3_bind_blob(statement, index, octets ? octets : "", count, SQLITE_TRANSIENT);
}
