import Foundation
import InboundMail
import MIME

/// Reads and classifies message files as `stoke inbox explain --json` does, one line a message: `inbound.py` times the
/// whole process against other readers.
@main
struct InboundBenchmark {
    static func main() {
        for file in CommandLine.arguments.dropFirst() {
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            print(Explanation(file: file, message: ParsedMessage.parse(Array(data))).json)
        }
    }
}
