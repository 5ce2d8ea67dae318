import Foundation
import TestKit

/// What Python's email package finds in a message: an oracle that shares no code with us.
struct PythonMessage: Decodable {
    struct Mailbox: Decodable, Equatable {
        var name: String
        var address: String
    }

    var subject: String
    var from: Mailbox
    var to: Mailbox
    var date: String
    var messageID: String
    var inReplyTo: String?
    var references: [String]
    var listUnsubscribe: String?
    var listUnsubscribePost: String?
    var custom: String?
    var types: [String]
    var charsets: [String]
    var encodings: [String]
    var mimeVersion: String
    var text: String?
    var html: String?
    var defects: [String]
    var hasBareEnds: Bool
    var isASCII: Bool

    /// Parses them all with one run of Python.
    static func parse(_ messages: [[UInt8]]) throws -> [PythonMessage] {
        try Python.answer("parse_messages.py", to: messages.map { Data($0) })
    }
}

/// What Python's email package says to messages and to what they were meant to be.
struct MessageReport: Decodable {
    var count: Int
    /// The first differences, in words.
    var different: [String]
    var differences: Int

    /// A message as it was meant, with its octets.
    struct Message: Encodable {
        struct Meant: Encodable {
            var subject: String
            var fromName: String
            var toName: String
            var from: String
            var to: String
            var text: String
            var html: String?
        }

        var meant: Meant
        var octets: Data

        init(meant: Meant, octets: [UInt8]) {
            self.meant = meant
            self.octets = Data(octets)
        }
    }

    /// Reads them all with one run of Python.
    static func of(_ messages: [Message]) throws -> MessageReport {
        try Python.answer("check_messages.py", to: messages)
    }
}

/// A program of ours in `Tests/Fixtures` that reads one JSON text and answers with another; octets are Base64.
private enum Python {
    static func answer<Answer: Decodable>(_ name: String, to question: some Encodable) throws -> Answer {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/\(name)").path(percentEncoded: false)
        let result = try ChildProcess.run("python3", [script], input: Array(try JSONEncoder().encode(question)))
        if result.status != 0 { throw ChildProcess.Failed(status: result.status, errors: result.errorText) }
        return try JSONDecoder().decode(Answer.self, from: Data(result.output))
    }
}
