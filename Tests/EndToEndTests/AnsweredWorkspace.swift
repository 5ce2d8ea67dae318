import Foundation
import TestKit
import Testing

/// A sample workspace whose people were mailed, with a Maildir to be answered into.
enum AnsweredWorkspace {
    /// A workspace whose people have their first mail, and a Maildir to be answered into.
    static func sent(now: String) throws -> Stoke {
        let stoke = try Stoke.sample(now: now)
        try stoke.edit("stoke.yaml") {
            $0.replacing("imap: none ", with: "imap: maildir:inbox ").replacing("gap: 90s", with: "gap: 0s")
                .replacing("imap: none\n", with: "imap: maildir:inbox\n")
        }
        for name in ["cur", "new", "tmp"] {
            try FileManager.default.createDirectory(
                atPath: stoke.path + "/inbox/\(name)", withIntermediateDirectories: true)
        }
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept")
        try stoke("enroll", "founders", "--all")
        let run = try stoke("run")
        #expect(run.status == 0 && run.text.contains("sent"), "\(run.text) \(run.errors)")
        return stoke
    }

    struct Mailed {
        var address: String
        var messageID: String
    }

    /// The mails in the outbox: whom they went to, and under which id.
    static func mailed(_ stoke: Stoke) throws -> [Mailed] {
        let folder = stoke.path + "/outbox/new"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
            let text = String(decoding: try stoke.folder.read("work/outbox/new/\(name)"), as: UTF8.self)
                .replacing("\n ", with: " ")
            func header(_ name: String) -> String? {
                text.components(separatedBy: "\n").first { $0.hasPrefix("\(name): ") }?.dropFirst(name.count + 2)
                    .description
            }
            guard let to = header("To"), let id = header("Message-ID") ?? header("Message-Id") else { return nil }
            let address = String(to.split(separator: "<").last ?? "").replacing(">", with: "")
            return Mailed(address: address, messageID: id)
        }
    }

    static func deliver(_ text: String, _ name: String, to stoke: Stoke) throws {
        try stoke.folder.write("work/inbox/new/\(name)", text: text.replacing("\n", with: "\r\n"))
    }
}
