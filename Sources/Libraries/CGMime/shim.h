#pragma once
#include <gmime/gmime.h>
#include <string.h>

// What reading a message takes from GMime: Swift sees no macro and no union, so each need has one inline function.

/// UTF-8 text of `length` octets in `charset`, a question mark for each octet that is none; NULL for an unknown
/// charset; the caller frees it with g_free.
static inline char *stoke_gmime_text(const char *charset, const char *octets, size_t length) {
    iconv_t converter = g_mime_iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) return NULL;
    char *text = g_mime_iconv_strndup(converter, octets, length);
    g_mime_iconv_close(converter);
    return text;
}

/// Decodes a whole body of the named Content-Transfer-Encoding into `output`, which holds at least `length + 64`
/// octets; answers how many were written, or -1 where the encoding changes nothing.
static inline long stoke_gmime_decode(const char *encoding, const char *input, size_t length, char *output) {
    GMimeContentEncoding kind = g_mime_content_encoding_from_string(encoding);
    if (kind != GMIME_CONTENT_ENCODING_BASE64 && kind != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE &&
        kind != GMIME_CONTENT_ENCODING_UUENCODE)
        return -1;
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, kind);
    return (long)g_mime_encoding_step(&state, input, length, output);
}
