/// `forloop`: where a loop is.
final class ForLoop: @unchecked Sendable {
    // Lives within one render, on one thread; only the class of values it is in asks for Sendable.
    let name: String
    let count: Int
    let parent: ForLoop?
    var index = 0

    init(name: String, count: Int, parent: ForLoop?) {
        self.name = name
        self.count = count
        self.parent = parent
    }

    /// A property; `nil` for a name that is none.
    subscript(key: String) -> Operand? {
        switch key {
        case "index": .integer(index + 1)
        case "index0": .integer(index)
        case "rindex": .integer(count - index)
        case "rindex0": .integer(count - index - 1)
        case "first": .bool(index == 0)
        case "last": .bool(index == count - 1)
        case "length": .integer(count)
        case "name": .text(name)
        case "parentloop": parent.map { .forLoop($0) } ?? Operand.none
        default: nil
        }
    }
}

/// `tablerowloop`: where a table is.
final class TableRowLoop: @unchecked Sendable {
    // Lives within one render, on one thread, as ForLoop.
    private let count: Int
    private let columns: Int
    private var index = 0
    private(set) var row = 1
    private(set) var column = 1

    init(count: Int, columns: Int) {
        self.count = count
        self.columns = columns
    }

    var isLastColumn: Bool { column == columns }
    var isLast: Bool { index == count - 1 }

    func advance() {
        index += 1
        if isLastColumn {
            column = 1
            row += 1
        } else {
            column += 1
        }
    }

    /// A property; `nil` for a name that is none.
    subscript(key: String) -> Operand? {
        switch key {
        case "index": .integer(index + 1)
        case "index0": .integer(index)
        case "rindex": .integer(count - index)
        case "rindex0": .integer(count - index - 1)
        case "first": .bool(index == 0)
        case "last": .bool(isLast)
        case "length": .integer(count)
        case "row": .integer(row)
        case "col": .integer(column)
        case "col0": .integer(column - 1)
        case "col_first": .bool(column == 1)
        case "col_last": .bool(isLastColumn)
        default: nil
        }
    }
}
