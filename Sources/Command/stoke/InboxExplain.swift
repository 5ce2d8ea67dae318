import Host
import InboundMail
import Interchange
import MIME

/// `stoke inbox explain FILE...`: what each message file is, and why, without a workspace.
enum InboxExplain {
    /// Prints one object or paragraph a file; whether each could be read.
    static func run(files: [String], json: Bool, _ output: Output) -> Bool {
        var isWhole = true
        for file in files {
            do throws(HostError) {
                let bytes = try Files.read(file, limit: 64 << 20)
                let explanation = Explanation(file: file, message: ParsedMessage.parse(bytes))
                output.print(json ? explanation.json : paragraph(explanation))
            } catch {
                output.warn(Sink.line("\(error)"))
                isWhole = false
            }
        }
        return isWhole
    }

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
}
