/* The least that a program can do with a ledger: it opens the file and asks one indexed question.

   question LEDGER */
#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

int main(int count, char **words) {
    sqlite3 *ledger;
    sqlite3_stmt *question;
    if (count != 2 || sqlite3_open_v2(words[1], &ledger, SQLITE_OPEN_READWRITE, NULL)) return 1;
    const char *text =
        "SELECT count(*) FROM enrollment WHERE sequence='outreach' AND mailbox='ana' AND queue=1 AND wake_at<=?1 AND "
        "state='active'";
    if (sqlite3_prepare_v2(ledger, text, -1, &question, NULL)) return 1;
    sqlite3_bind_int64(question, 1, time(NULL));
    if (sqlite3_step(question) != SQLITE_ROW) return 1;
    int due = sqlite3_column_int(question, 0);
    sqlite3_finalize(question);
    sqlite3_close(ledger);
    return due ? 1 : 0;
}
