import Facts

/// All that a render may ask about the world around it.
package struct RenderOptions: Sendable {
    /// What happens where a variable has no value.
    package enum Undefined: Sendable, Hashable {
        /// It is written as nothing.
        case blank
        /// The render fails, naming the variable, unless a `default` or an `if` asks first, or the path is in
        /// `optional`.
        case fails(optional: Set<String>)
    }

    /// How values are made fit for what they stand in.
    package enum Escaping: Sendable {
        /// Not at all: plain text.
        case none
        /// For HTML.
        case html
        /// By a rule of the caller's: it appends the escaped value to the output.
        case custom(@Sendable (_ value: String, _ output: inout [UInt8]) -> Void)
    }

    /// How much a render may do.
    package struct Limits: Sendable, Hashable {
        /// Tags, outputs, texts and turns of loops.
        package var steps: Int
        /// Templates inside one another.
        package var depth: Int
        /// Octets of the output, and of any text on the way to it.
        package var octets: Int

        package init(steps: Int = 1_000_000, depth: Int = 100, octets: Int = 4 << 20) {
            self.steps = steps
            self.depth = depth
            self.octets = octets
        }
    }

    /// What happens where a variable has no value.
    package var undefined: Undefined
    /// How values are made fit for what they stand in.
    package var escaping: Escaping
    /// How much the render may do.
    package var limits: Limits
    /// What time it is, and on which clock.
    package var clock: TemplateClock
    /// Which text a choice shows, from 0; what is too high is taken as the last.
    package var choice: @Sendable (SpinGroup) -> Int
    /// The template of a name, for `render` and `include`; `nil` for a name that has none.
    package var partial: @Sendable (_ name: String) -> Template?

    /// Options that fail on missing values, escape nothing, take the first of every choice and know no templates.
    package init(
        clock: TemplateClock, undefined: Undefined = .fails(optional: []), escaping: Escaping = .none,
        limits: Limits = Limits(), choice: @escaping @Sendable (SpinGroup) -> Int = { _ in 0 },
        partial: @escaping @Sendable (_ name: String) -> Template? = { _ in nil }
    ) {
        self.clock = clock
        self.undefined = undefined
        self.escaping = escaping
        self.limits = limits
        self.choice = choice
        self.partial = partial
    }
}

extension RenderOptions.Escaping {
    /// Appends `text` to `output`, escaped.
    func escape(_ text: String, into output: inout [UInt8]) {
        switch self {
        case .none: output.append(contentsOf: text.utf8)
        case .html: HTMLText.escape(text, into: &output)
        case .custom(let escape): escape(text, &output)
        }
    }
}

/// What a render came to.
package enum RenderOutcome: Sendable, Hashable {
    /// The text.
    case text(String)
    /// The template said to leave this one out, and why.
    case skipped(reason: String)
}
