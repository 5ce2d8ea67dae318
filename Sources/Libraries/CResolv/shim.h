#pragma once
// The resolver's calls are macros in resolv.h, which Swift does not see.
#include <sys/types.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

/// Asks for the records of `type` at `name`, an absolute one, as res_nquery(3) does.
///
/// `server` and `port` name the one server to ask, by its IPv4 address; without one, those of resolv.conf(5) are asked.
/// Answers how many octets came, at most `size` of them in `answer`, or -1 with the reason of `netdb.h` in `why`.
static inline int stoke_resolve(
    const char *_Nonnull name, int type, const char *_Nullable server, int port, int seconds,
    unsigned char *_Nonnull answer, int size, int *_Nonnull why) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    *why = NO_RECOVERY;
    if (res_ninit(&state) != 0) return -1;
    if (server != NULL) {
        struct sockaddr_in address;
        memset(&address, 0, sizeof address);
        address.sin_family = AF_INET;
        address.sin_port = htons((uint16_t)port);
        if (inet_pton(AF_INET, server, &address.sin_addr) != 1) {
            res_nclose(&state);
            return -1;
        }
        state.nsaddr_list[0] = address;
        state.nscount = 1;
    }
    state.options |= RES_USE_EDNS0;
    state.retrans = seconds;
    state.retry = 2;
    int count = res_nquery(&state, name, ns_c_in, type, answer, size);
    *why = state.res_h_errno;
    res_nclose(&state);
    return count;
}
