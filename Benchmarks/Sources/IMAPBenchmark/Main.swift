import Host
import InboundMail
import MIME
import Mail

/// Reads a whole INBOX over TLS as `stoke inbox` does: `IMAPBenchmark PORT CA USER PASSWORD (read | understand)`.
///
/// Prints messages and octets, so that `imap.py` can hold them against what a bare C program got.
@main
struct IMAPBenchmark {
    static func main() throws {
        let words = CommandLine.arguments
        guard words.count == 6, let port = Int(words[1]) else {
            return print("PORT CA USER PASSWORD (read|understand)")
        }
        let password = words[4]
        var account = Account(server: .server(.imaps, host: "127.0.0.1", port: port), user: words[3]) {
            () throws(HostError) in Secret(password)
        }
        account.caFile = words[2]
        let source = try MessageSources.open(account, deadline: .now + .seconds(60))
        _ = try source.open(MailFolder(name: "INBOX"))
        var count = 0
        var octets = 0
        var replies = 0
        try source.read(try source.entries(after: 0), limit: 2 << 20) { message in
            count += 1
            octets += message.octets.count
            if words[5] == "understand", classify(ParsedMessage.parse(message.octets)).kind == .reply { replies += 1 }
            return true
        }
        source.close()
        print(count, octets, replies)
    }
}
