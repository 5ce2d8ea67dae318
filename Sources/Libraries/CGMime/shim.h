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

// What composing one takes. The casts of GObject are macros, too.
// GLib ends the process rather than return no memory, so what its constructors return is never NULL.

static inline GMimeMessage *_Nonnull stoke_message_new(void) { return g_mime_message_new(FALSE); }

static inline GMimePart *_Nonnull stoke_text_part_new(const char *_Nonnull subtype) {
    return g_mime_part_new_with_type("text", subtype);
}

static inline GMimeMultipart *_Nonnull stoke_alternative_new(void) {
    return g_mime_multipart_new_with_subtype("alternative");
}

static inline GMimeObject *_Nonnull stoke_message_object(GMimeMessage *_Nonnull message) {
    return (GMimeObject *)message;
}

static inline GMimeObject *_Nonnull stoke_multipart_object(GMimeMultipart *_Nonnull multipart) {
    return (GMimeObject *)multipart;
}

static inline GMimeObject *_Nonnull stoke_part_object(GMimePart *_Nonnull part) { return (GMimeObject *)part; }

/// What a memory stream holds; owned by the stream.
static inline GByteArray *_Nullable stoke_memory_stream_octets(GMimeStream *_Nonnull stream) {
    return g_mime_stream_mem_get_byte_array((GMimeStreamMem *)stream);
}
