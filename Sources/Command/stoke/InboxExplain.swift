import InboundMail
import MIME

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `stoke inbox explain FILE...`: what each message file is, and why, without a workspace.
enum InboxExplain {
    /// Prints one object or paragraph a file; answers the exit code, 1 if a file could not be read.
    static func run(files: [String], json: Bool) -> Int32 {
        var code: Int32 = 0
        for file in files {
            guard let bytes = octets(of: file) else {
                complain("stoke: cannot read \(file)\n")
                code = 1
                continue
            }
            let explanation = Explanation(file: file, message: ParsedMessage.parse(bytes))
            print(json ? explanation.json : paragraph(explanation))
        }
        return code
    }

    private static func complain(_ text: String) { text.withCString { _ = write(2, $0, strlen($0)) } }

    /// The fields that say something, one a line, under the file's name.
    private static func paragraph(_ explanation: Explanation) -> String {
        explanation.fields.compactMap { name, value in
            switch value {
            case .text(let text): name == "file" ? text : "  \(name): \(text)"
            case .list(let items): items.isEmpty ? nil : "  \(name): \(items.joined(separator: ", "))"
            case .flag(let flag): "  \(name): \(flag ? "yes" : "no")"
            case .none: nil
            }
        }.joined(separator: "\n")
    }

    private static func octets(of file: String) -> [UInt8]? {
        guard let stream = fopen(file, "rb") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            if count > 0 { bytes += chunk[..<count] }
            if count < chunk.count { return ferror(stream) == 0 ? bytes : nil }
        }
    }
}
