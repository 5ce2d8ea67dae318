import CGMime

/// GMime's start, once a process.
enum GMimeLibrary {
    private static let started: Void = g_mime_init()

    /// Makes GMime ready; every use of it begins with this.
    static func start() { _ = started }
}
