#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What an output of this process is.
package struct Terminal: Sendable, Hashable {
    /// Whether a person looks at it: false for pipes and files.
    package var isTerminal: Bool
    /// How many columns it has; 80 where it does not say.
    package var columns: Int
    /// Whether colours may be used: on a terminal that is not dumb, unless NO_COLOR is set to anything.
    package var hasColour: Bool

    package init(isTerminal: Bool, columns: Int = 80, hasColour: Bool = false) {
        self.isTerminal = isTerminal
        self.columns = columns
        self.hasColour = hasColour
    }

    /// What standard output is.
    package static func standardOutput(_ environment: Environment) -> Terminal { Terminal(1, environment) }
    /// What standard error is.
    package static func standardError(_ environment: Environment) -> Terminal { Terminal(2, environment) }
    /// Whether a person may answer on standard input.
    package static var standardInputIsTerminal: Bool { isatty(0) == 1 }

    private init(_ descriptor: Int32, _ environment: Environment) {
        isTerminal = isatty(descriptor) == 1
        var size = winsize()
        let asked = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let told = environment.text("COLUMNS").flatMap { Int($0) }.flatMap { (20...1000).contains($0) ? $0 : nil }
        columns = told ?? (asked ? Int(size.ws_col) : 80)
        hasColour = isTerminal && environment.text("NO_COLOR") == nil && environment["TERM"] != "dumb"
    }
}
