import CCurl

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// libcurl's start, once a process, before any thread uses it.
package enum CurlLibrary {
    private static let started: Void = {
        // OpenSSL writes without MSG_NOSIGNAL: a server that hangs up must not end the process.
        signal(SIGPIPE, SIG_IGN)
        curl_global_init(Int(CURL_GLOBAL_ALL))
    }()

    /// Makes libcurl ready, and SIGPIPE ignored; call it in `main` before the first thread.
    package static func start() { _ = started }
}
