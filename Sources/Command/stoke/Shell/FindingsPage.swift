import Diagnostics
import Intake
import Interchange
import Liquid
import Messages
import Reports
import Workspace

extension FindingCode {
    /// Every kind of finding there is, by name.
    static let all: [FindingCode] = (workspace + liquid + messages + interchange + reports + intake).sorted {
        $0.name < $1.name
    }

    /// The code's page for a terminal.
    func text(width: Int) -> String {
        let head = "\(name) (\(severity.rawValue)): \(summary)"
        return (DisplayText.wrapped(head, to: width) + [""] + DisplayText.wrapped(page, to: width)).joined(
            separator: "\n")
    }
}

/// The reference of all findings, in Markdown: `Docs/findings.md`.
enum FindingsPage {
    static var text: String {
        let head = """
            # Findings

            What `stoke check`, `import` and their company may find, by its code. `stoke help CODE` prints the same. An error
            refuses the file or the row; a warning does not. This page is made by `make docs`.


            """
        let rows = FindingCode.all.map {
            "| [\($0.name)](#\($0.name)) | \($0.severity.rawValue) | \(cell($0.summary)) |"
        }
        let table = (["| code | is | what is wrong |", "| --- | --- | --- |"] + rows).joined(separator: "\n")
        let pages = FindingCode.all.map { code in
            "## \(code.name)\n\n*\(code.severity.rawValue)*: \(code.summary).\n\n\(code.page)\n"
        }
        return head + table + "\n\n" + pages.joined(separator: "\n")
    }

    /// A bar would end the cell.
    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
