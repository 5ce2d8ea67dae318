#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift can't call: one function for each kind of argument.

static inline CURLcode stoke_curl_set_long(CURL *_Nonnull handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

/// libcurl copies the string.
static inline CURLcode stoke_curl_set_string(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode stoke_curl_set_pointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode stoke_curl_set_debug(CURL *_Nonnull handle, curl_debug_callback _Nonnull callback) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, callback);
}

static inline CURLcode stoke_curl_set_progress(CURL *_Nonnull handle, curl_xferinfo_callback _Nonnull callback) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, callback);
}

/// The socket of a connected handle, or CURL_SOCKET_BAD.
static inline curl_socket_t stoke_curl_socket(CURL *_Nonnull handle) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? socket : CURL_SOCKET_BAD;
}

/// A time of the last transfer in microseconds, 0 for what was not reached.
static inline curl_off_t stoke_curl_time(CURL *_Nonnull handle, CURLINFO info) {
    curl_off_t time = 0;
    return curl_easy_getinfo(handle, info, &time) == CURLE_OK ? time : 0;
}
