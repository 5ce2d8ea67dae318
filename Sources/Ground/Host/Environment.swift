#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The variables a process was started with: read once, handed on as a parameter. Its values are never shown.
package struct Environment: Sendable, CustomStringConvertible, CustomReflectable {
    private let values: [String: String]

    package init(_ values: [String: String]) { self.values = values }

    /// The variables of this process.
    package static func ofProcess() -> Environment {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            if let sign = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
                values[String(pair[..<sign])] = String(pair[pair.utf8.index(after: sign)...])
            }
            entry += 1
        }
        return Environment(values)
    }

    /// The value of `name`; `nil` where it is not set.
    package subscript(name: String) -> String? { values[name] }

    /// The value of `name` unless it is not set or empty.
    package func text(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The environment with `name` set to `value`, or without it.
    package func setting(_ name: String, to value: String?) -> Environment {
        var values = values
        values[name] = value
        return Environment(values)
    }

    /// `NAME=VALUE` for each, sorted by name, as a child gets them.
    var entries: [String] { values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } }

    package var description: String { "Environment(\(values.count) variables)" }
    /// Empty: variables may hold secrets.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
