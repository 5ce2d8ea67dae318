package import Diagnostics

/// Why a template could not be rendered for this data: nothing of it is to be sent.
package struct RenderFailure: Error, Sendable, Hashable {
    /// What kind of trouble it is.
    package enum Kind: Sendable, Hashable {
        /// A variable has no value and nothing stands in for it: its path, `company.industry`.
        case missing(variable: String)
        /// A filter, a comparison or a tag can't work with its values.
        case argument
        /// A template to include is not there, or has errors.
        case partial
        /// Steps, depth or output went beyond their limit.
        case limit
    }

    /// What kind of trouble it is.
    package let kind: Kind
    /// In lower case, without a full stop; it never quotes data.
    package let message: String
    /// Where in the templates.
    package let place: Place
    /// The tags that led there from the template rendered, the innermost first.
    package let chain: [Place]
    /// A way on.
    package var hint: String?

    /// The same as a finding, for a person.
    package var finding: Finding {
        Finding(code, message, at: place, hint: hint, notes: chain.map { Finding.Note("included here", at: $0) })
    }

    private var code: FindingCode {
        switch kind {
        case .missing: .missingValue
        case .argument: .renderError
        case .partial: .unknownPartial
        case .limit: .renderLimit
        }
    }
}

/// What ends a render before its end.
enum Stop: Error {
    case failure(RenderFailure)
    case skip(String)
}

/// What ends a turn of a loop.
enum Interrupt: Sendable { case leavesLoop, goesOn }
