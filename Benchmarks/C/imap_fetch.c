/* The least that fetches a whole INBOX over TLS: one command, octets counted until its answer.
 *
 *     imap_fetch PORT CA USER PASSWORD
 *
 * Prints messages and octets of their literals. It believes the server: no bounds, no faults, no parsing beyond "{n}".
 */
#include <curl/curl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static CURL *curl;
static char buffer[65536];
static size_t have, at;

static int fill(void) {
    curl_socket_t socket;
    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket);
    for (;;) {
        CURLcode code = curl_easy_recv(curl, buffer, sizeof buffer, &have);
        at = 0;
        if (code == CURLE_OK) return have > 0;
        if (code != CURLE_AGAIN) return 0;
        struct pollfd poller = {socket, POLLIN, 0};
        if (poll(&poller, 1, 60000) <= 0) return 0;
    }
}

int main(int count, char **words) {
    if (count != 5) return 2;
    char url[64], command[] = "a1 EXAMINE INBOX\r\na2 UID FETCH 1:* (UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.2097152>)\r\n";
    snprintf(url, sizeof url, "imaps://127.0.0.1:%s/", words[1]);
    curl_global_init(CURL_GLOBAL_ALL);
    curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CAINFO, words[2]);
    curl_easy_setopt(curl, CURLOPT_USERNAME, words[3]);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, words[4]);
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    if (curl_easy_perform(curl) != CURLE_OK) return 1;
    size_t sent;
    if (curl_easy_send(curl, command, strlen(command), &sent) != CURLE_OK) return 1;
    char line[4096];
    size_t length = 0;
    long messages = 0, octets = 0, left = 0;
    while (at < have || fill()) {
        if (left > 0) {
            size_t part = have - at < (size_t)left ? have - at : (size_t)left;
            at += part;
            left -= part;
            continue;
        }
        char byte = buffer[at++];
        if (byte != '\n') {
            if (length < sizeof line - 1) line[length++] = byte;
            continue;
        }
        line[length] = 0;
        length = 0;
        char *open = strrchr(line, '{');
        if (open && strchr(open, '}')) {
            left = atol(open + 1);
            octets += left;
            messages++;
        } else if (!strncmp(line, "a2 ", 3)) {
            break;
        }
    }
    printf("%ld %ld\n", messages, octets);
    return 0;
}
