import CGMime

/// GMime's part of a message: the MIME tree, quoted-printable, and the octets.
///
/// Every GMime object made here is released here; none leaves.
enum Composer {
    /// The octets of `message` under a checked header.
    static func octets(of message: OutboundMessage, header: [(name: String, raw: String)]) -> [UInt8] {
        GMimeLibrary.start()
        let whole = stoke_message_new()
        defer { g_object_unref(whole) }
        for field in header { append(field, to: stoke_message_object(whole)) }
        let body = part(message)
        g_mime_message_set_mime_part(whole, body)
        g_object_unref(body)
        return CanonicalLines.crlf(text(of: stoke_message_object(whole)))
    }

    private static func append(_ field: (name: String, raw: String), to object: UnsafeMutablePointer<GMimeObject>) {
        let list = g_mime_object_get_header_list(object)
        // The name goes in with an empty value, the value as it stands: GMime would encode a long id or URI.
        g_mime_header_list_append(list, field.name, "", nil)
        g_mime_header_set_raw_value(
            g_mime_header_list_get_header_at(list, g_mime_header_list_get_count(list) - 1), field.raw)
    }

    private static func part(_ message: OutboundMessage) -> UnsafeMutablePointer<GMimeObject> {
        let plain = textPart("plain", message.text)
        guard let html = message.html else { return plain }
        let alternative = stoke_alternative_new()
        g_mime_multipart_set_boundary(alternative, "=_" + message.boundary)
        for child in [plain, textPart("html", html)] {
            g_mime_multipart_add(alternative, child)
            g_object_unref(child)
        }
        return stoke_multipart_object(alternative)
    }

    private static func textPart(_ subtype: String, _ text: String) -> UnsafeMutablePointer<GMimeObject> {
        let part = stoke_text_part_new(subtype)
        let object = stoke_part_object(part)
        g_mime_object_set_content_type_parameter(object, "charset", "utf-8")
        let octets = CanonicalLines.lf(Array(text.utf8))
        let stream = octets.withUnsafeBytes { buffer in
            g_mime_stream_mem_new_with_buffer(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        let content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT)
        g_object_unref(stream)
        g_mime_part_set_content(part, content)
        g_object_unref(content)
        g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
        return object
    }

    private static func text(of object: UnsafeMutablePointer<GMimeObject>) -> [UInt8] {
        guard let stream = g_mime_stream_mem_new() else { return [] }
        defer { g_object_unref(stream) }
        g_mime_object_write_to_stream(object, nil, stream)
        guard let octets = stoke_memory_stream_octets(stream) else { return [] }
        return Array(UnsafeBufferPointer(start: octets.pointee.data, count: Int(octets.pointee.len)))
    }
}
