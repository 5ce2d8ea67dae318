/* A wire with a length: what comes in goes out after a fixed time, chunk by chunk, in both directions.

   relay TARGET_PORT DELAY_MS
   Listens on a port of 127.0.0.1 that the system chooses, prints it, and serves until it is killed. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 256, CHUNK = 65536 };

/* Octets on their way; none are the end of the stream. */
struct chunk {
    struct chunk *next;
    int64_t due;
    size_t count, sent;
    char octets[];
};

/* One direction of a connection. */
struct way {
    int from, to;
    int is_read_over;
    struct chunk *first, *last;
};

static struct way ways[2 * CONNECTIONS];
static int64_t delay;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void take(struct way *way) {
    static char buffer[CHUNK];
    ssize_t count = recv(way->from, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count < 0) count = 0;
    struct chunk *chunk = malloc(sizeof *chunk + (size_t)count);
    if (!chunk) die("malloc");
    *chunk = (struct chunk){.due = now() + delay, .count = (size_t)count};
    memcpy(chunk->octets, buffer, (size_t)count);
    if (way->last) way->last->next = chunk;
    else way->first = chunk;
    way->last = chunk;
    way->is_read_over = count == 0;
}

/* Sends what is due; whether the other side has to be waited for. */
static int give(struct way *way, int64_t time) {
    while (way->first && way->first->due <= time) {
        struct chunk *chunk = way->first;
        if (!chunk->count) shutdown(way->to, SHUT_WR);
        while (chunk->sent < chunk->count) {
            ssize_t count = send(way->to, chunk->octets + chunk->sent, chunk->count - chunk->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (count < 0 && errno == EAGAIN) return 1;
            if (count < 0) break;
            chunk->sent += (size_t)count;
        }
        way->first = chunk->next;
        if (!way->first) way->last = NULL;
        free(chunk);
    }
    return 0;
}

static int connected(const struct sockaddr_in *target) {
    int one = 1, to = socket(AF_INET, SOCK_STREAM, 0);
    if (to < 0 || connect(to, (const struct sockaddr *)target, sizeof *target)) die("connect");
    setsockopt(to, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return to;
}

static void welcome(int listener, const struct sockaddr_in *target) {
    int one = 1, from = accept(listener, NULL, NULL);
    if (from < 0) return;
    setsockopt(from, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    for (int index = 0; index < 2 * CONNECTIONS; index += 2) {
        if (ways[index].from >= 0) continue;
        int to = connected(target);
        ways[index] = (struct way){.from = from, .to = to};
        ways[index + 1] = (struct way){.from = to, .to = from};
        return;
    }
    close(from);
}

static void close_ended(void) {
    for (int index = 0; index < 2 * CONNECTIONS; index += 2) {
        struct way *one = &ways[index], *other = one + 1;
        if (one->from < 0 || !one->is_read_over || !other->is_read_over || one->first || other->first) continue;
        close(one->from);
        close(one->to);
        one->from = other->from = -1;
    }
}

static void serve(int listener, const struct sockaddr_in *target) {
    static struct pollfd files[1 + 4 * CONNECTIONS];
    static struct way *readers[1 + 4 * CONNECTIONS];
    for (;;) {
        int count = 0;
        int64_t time = now(), next = INT64_MAX;
        files[count++] = (struct pollfd){.fd = listener, .events = POLLIN};
        for (int index = 0; index < 2 * CONNECTIONS; index++) {
            struct way *way = &ways[index];
            if (way->from < 0) continue;
            if (give(way, time)) files[count] = (struct pollfd){.fd = way->to, .events = POLLOUT}, readers[count++] = NULL;
            else if (way->first && way->first->due < next) next = way->first->due;
            if (!way->is_read_over) files[count] = (struct pollfd){.fd = way->from, .events = POLLIN}, readers[count++] = way;
        }
        close_ended();
        int64_t left = next == INT64_MAX ? 1000000000 : next - now();
        if (left < 0) left = 0;
        struct timespec patience = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
        if (ppoll(files, (nfds_t)count, &patience, NULL) <= 0) continue;
        for (int index = 1; index < count; index++)
            if (files[index].revents && readers[index]) take(readers[index]);
        if (files[0].revents) welcome(listener, target);
    }
}

int main(int count, char **words) {
    if (count != 3) return fprintf(stderr, "relay TARGET_PORT DELAY_MS\n"), 64;
    signal(SIGPIPE, SIG_IGN);
    for (int index = 0; index < 2 * CONNECTIONS; index++) ways[index].from = -1;
    delay = atoll(words[2]) * 1000000;
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, target = own;
    target.sin_port = htons((uint16_t)atoi(words[1]));
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    socklen_t size = sizeof own;
    if (bind(listener, (struct sockaddr *)&own, size) || listen(listener, 256)) die("listen");
    getsockname(listener, (struct sockaddr *)&own, &size);
    printf("%d\n", ntohs(own.sin_port));
    fflush(stdout);
    serve(listener, &target);
}
