import CGMime

/// Turns octets of any declared or undeclared charset into text.
enum TextDecoder {
    /// UTF-8 if the octets are that, else Latin letters (windows-1252), as mail without a charset mostly is.
    static func text(of bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? converted(bytes[...], from: "windows-1252")
    }

    /// The octets of one body decoded by its transfer encoding (RFC 2045, section 6).
    static func decoded(_ body: ArraySlice<UInt8>, encoding: String?) -> ArraySlice<UInt8> {
        // QUIRK: "quoted-printable;" and "7-bit" occur; a token is all that counts.
        let name = (encoding ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
        guard !name.isEmpty, name != "7bit", name != "8bit", name != "binary" else { return body }
        GMimeLibrary.start()
        var written = -1
        let output = [UInt8](unsafeUninitializedCapacity: body.count + 64) { buffer, count in
            body.withUnsafeBytes { input in
                written = stoke_gmime_decode(
                    name, input.bindMemory(to: CChar.self).baseAddress, input.count,
                    UnsafeMutableRawBufferPointer(buffer).bindMemory(to: CChar.self).baseAddress)
            }
            count = max(written, 0)
        }
        return written < 0 ? body : output[...]
    }

    /// Text of a declared charset; where it is unknown, missing or a lie, the likeliest one.
    static func text(_ body: ArraySlice<UInt8>, charset: String?) -> String {
        let name = (charset ?? "").lowercased()
        if name != "iso-2022-jp", hasJapaneseEscape(body) { return converted(body, from: "iso-2022-jp") }
        let isASCII = name.isEmpty || name == "us-ascii" || name == "utf-8" || name == "ascii"
        if isASCII || body.allSatisfy({ $0 < 128 && $0 != 27 }) && !isWide(name) {
            return text(of: Array(body))
        }
        return converted(body, from: name)
    }

    /// ISO-2022-JP is 7-bit, so software that knows no charset sends it unlabelled: ESC $ is its first shift.
    private static func hasJapaneseEscape(_ body: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in body {
            if previous == 27, byte == UInt8(ascii: "$") { return true }
            previous = byte
        }
        return false
    }

    private static func isWide(_ charset: String) -> Bool {
        ["utf-7", "utf-16", "utf-32", "utf7", "utf16", "ucs-", "hz-gb"].contains { charset.hasPrefix($0) }
    }

    private static func converted(_ body: ArraySlice<UInt8>, from charset: String) -> String {
        GMimeLibrary.start()
        let text = body.withUnsafeBytes { octets -> UnsafeMutablePointer<CChar>? in
            let start = octets.bindMemory(to: CChar.self).baseAddress
            return stoke_gmime_text(charset, start, octets.count)
                ?? stoke_gmime_text("windows-1252", start, octets.count)
        }
        guard let text else { return String(decoding: body, as: UTF8.self) }
        defer { g_free(text) }
        return String(cString: text)
    }
}
