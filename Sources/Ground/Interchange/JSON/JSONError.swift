package import Diagnostics

/// Why a text is no JSON.
package struct JSONError: Error, Sendable, Hashable {
    /// What is wrong at the place.
    package enum Reason: Sendable, Hashable {
        /// Another thing was expected: `a value`, `a comma or ]`.
        case expected(String)
        /// The text ended inside `what`: `a string`, `an array`.
        case unfinished(String)
        /// Something follows the value.
        case trailing
        /// A number that RFC 8259 section 6 does not know: `01`, `1.`.
        case badNumber
        /// A backslash before something that is no escape.
        case badEscape
        /// A raw control character inside a string, as its code.
        case controlCharacter(UInt8)
        /// Octets that are no UTF-8 (RFC 3629).
        case notUTF8
        /// Arrays and objects nested more than so many levels.
        case tooDeep(Int)
    }

    /// What is wrong.
    package let reason: Reason
    /// Where, in the text's own lines and columns.
    package let place: Place

    /// What to show a person whose file it is.
    package var finding: Finding { Finding(.jsonSyntax, message, at: place) }

    private var message: String {
        switch reason {
        case .expected(let what): "expected \(what) here"
        case .unfinished(let what): "the text ends inside \(what)"
        case .trailing: "something follows the end of the value"
        case .badNumber: "this is no JSON number"
        case .badEscape: "no JSON escape follows this backslash"
        case .controlCharacter(let code): "a raw control character (\(code)) in a string"
        case .notUTF8: "these octets are not UTF-8"
        case .tooDeep(let limit): "nested more than \(limit) levels deep"
        }
    }
}
