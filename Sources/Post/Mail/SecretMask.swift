import Digest

/// Keeps a secret out of what a server is quoted with: some repeat the line that they refuse.
struct SecretMask {
    private static let shown = "***"
    /// The secret, and how each mechanism writes it.
    private var hidden: [String] = []

    /// One that hides nothing.
    init() {}

    init(_ secret: String, user: String, at server: ServerURL) {
        guard !secret.isEmpty else { return }
        var written = [secret, "\0\(user)\0\(secret)", "user=\(user)\u{1}auth=Bearer \(secret)\u{1}\u{1}"]
        if case .server(_, let host, let port) = server {
            written.append("n,a=\(user),\u{1}host=\(host)\u{1}port=\(port)\u{1}auth=Bearer \(secret)\u{1}\u{1}")
        }
        // The longest first, so that no part of one stays behind.
        hidden = [secret] + written.map { Base64.standard.encode($0.utf8) }
        hidden.sort { $0.utf8.count > $1.utf8.count }
    }

    func apply(to text: String) -> String {
        hidden.reduce(text) { $0.replacing($1, with: SecretMask.shown) }
    }

    func apply(to ending: Ending) -> Ending {
        switch ending {
        case .accepted(let reply): .accepted(apply(to: reply))
        case .refused(let reply): .refused(apply(to: reply))
        case .dropped(let words): .dropped(apply(to: words))
        case .outOfStep(let words): .outOfStep(apply(to: words))
        case .unsupported(let words): .unsupported(apply(to: words))
        case .untrusted(let words): .untrusted(apply(to: words))
        case .failed(let words): .failed(apply(to: words))
        case .timedOut, .fenceRefused, .fenceExpired, .cancelled: ending
        }
    }

    private func apply(to reply: Reply) -> Reply {
        Reply(code: reply.code, enhanced: reply.enhanced, lines: reply.lines.map { apply(to: $0) })
    }
}
