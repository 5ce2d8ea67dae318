/// A text with marks in it, `«` before and `»` behind what a finding should point at.
package struct MarkedText: Sendable {
    /// The text without its marks.
    package let text: String
    /// Line and column from 1, and length, of each marked range, in order; columns and lengths in characters.
    package let marks: [Mark]

    package struct Mark: Sendable, Hashable, CustomStringConvertible {
        package var line: Int
        package var column: Int
        package var length: Int

        package init(line: Int, column: Int, length: Int) {
            self.line = line
            self.column = column
            self.length = length
        }

        package var description: String { "\(line):\(column)+\(length)" }
    }

    package init(_ marked: String) {
        var text = ""
        var marks: [Mark] = []
        var open: [Int] = []
        var (line, column) = (1, 1)
        for character in marked {
            switch character {
            case "«":
                open.append(marks.count)
                marks.append(Mark(line: line, column: column, length: 0))
            case "»": open.removeLast()
            default:
                text.append(character)
                for index in open where marks[index].line == line { marks[index].length += 1 }
                column += 1
                if character.isNewline { (line, column) = (line + 1, 1) }
            }
        }
        self.text = text
        self.marks = marks
    }
}
