/// Where mail goes to or comes from: `smtp://host:587`, `smtps://`, `imap://`, `imaps://`, `maildir:PATH`.
package enum ServerURL: Sendable, Hashable {
    /// A protocol that a server speaks, with or without TLS from the start.
    package enum Scheme: String, Sendable, Hashable {
        case smtp, smtps, imap, imaps

        /// The port that is meant when none is written (RFC 8314, RFC 6409).
        package var port: Int {
            switch self {
            case .smtp: 587
            case .smtps: 465
            case .imap: 143
            case .imaps: 993
            }
        }

        /// Whether TLS begins before anything is said (RFC 8314 3).
        var isTLSFirst: Bool { self == .smtps || self == .imaps }
    }

    /// A server on the network. An IPv6 address has no brackets here.
    case server(Scheme, host: String, port: Int)
    /// A Maildir folder on this machine.
    case maildir(path: String)

    /// Reads one; user, password, path and query are refused: they have keys of their own.
    ///
    /// - Throws: what is wrong with it.
    package init(_ text: String) throws(ServerURLError) {
        if text.hasPrefix("maildir:") {
            let path = String(text.dropFirst("maildir:".count))
            guard !path.isEmpty, !path.utf8.contains(0) else { throw .path }
            self = .maildir(path: path)
            return
        }
        guard let scheme = Scheme.allCases.first(where: { text.hasPrefix($0.rawValue + "://") }) else { throw .scheme }
        let rest = text.dropFirst(scheme.rawValue.count + 3)
        let (host, port) = try ServerURL.hostAndPort(rest)
        self = .server(scheme, host: host, port: port ?? scheme.port)
    }

    /// Whether it is this machine, by name or address, so that nobody else is on the wire.
    package var isLoopback: Bool {
        switch self {
        case .maildir: true
        case .server(_, let host, _): host == "localhost" || host == "::1" || ServerURL.isLoopbackIPv4(host)
        }
    }

    private static func hostAndPort(_ text: Substring) throws(ServerURLError) -> (String, Int?) {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { throw .host }
            let host = text[text.index(after: text.startIndex)..<close]
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { throw .host }
            return (String(host), try port(text[text.index(after: close)...]))
        }
        let host = text.prefix { $0 != ":" }
        let isName = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard !host.isEmpty, host.utf8.count <= 253, isName, !host.hasPrefix("-"), !host.hasPrefix(".") else {
            throw .host
        }
        return (host.lowercased(), try port(text[host.endIndex...]))
    }

    private static func port(_ text: Substring) throws(ServerURLError) -> Int? {
        if text.isEmpty { return nil }
        let digits = text.dropFirst()
        guard text.hasPrefix(":"), !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(digits), (1...65_535).contains(number)
        else { throw .port }
        return number
    }

    private static func isLoopbackIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension ServerURL.Scheme: CaseIterable {}

/// Why a text is no server.
package enum ServerURLError: Error, Sendable, Hashable {
    /// It begins with none of the schemes.
    case scheme
    /// The host is missing, or no name or address; or something stands before or after it.
    case host
    /// The port is no number from 1 to 65535, or something follows it.
    case port
    /// A Maildir without a path.
    case path

    /// What is wrong, in lower case.
    package var reason: String {
        switch self {
        case .scheme: "a server begins with smtp://, smtps://, imap://, imaps:// or maildir:"
        case .host: "after the // comes a host name and nothing else but a port"
        case .port: "the port is a number from 1 to 65535"
        case .path: "a Maildir needs a path"
        }
    }
}
