#pragma once
#include <sqlite3.h>

// Swift can't call variadic functions, nor see casts in macros.

/// Sets a switch of a connection (SQLITE_DBCONFIG_...); returns SQLite's code.
static inline int stoke_sqlite3_set(sqlite3 *_Nonnull db, int option, int value) {
    return sqlite3_db_config(db, option, value, (int *)0);
}

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
