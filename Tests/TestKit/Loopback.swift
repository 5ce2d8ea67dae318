#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Synchronization

/// Ports of this machine for servers under test.
package enum Loopback {
    /// A port that nobody listens on now: each is given once, and none of those that the system gives to connections
    /// (from 32768 on), or another test's client might sit on it before the server does.
    package static func freePort() -> Int {
        while true {
            let port = next.withLock { port in
                port = port < 31_999 ? port + 1 : 20_000
                return port
            }
            if isFree(port) { return port }
        }
    }

    private static let next = Mutex(20_000 + Int(getpid()) * 37 % 12_000)

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, streamType, 0)
        defer { close(descriptor) }
        var address = loopbackAddress(port: port)
        address.sin_addr.s_addr = 0
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(descriptor, general, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Waits until somebody listens on `port`, for ten seconds at most.
    package static func waitForListener(on port: Int) -> Bool {
        for _ in 0..<200 {
            if isListening(on: port) { return true }
            usleep(50_000)
        }
        return false
    }

    private static func isListening(on port: Int) -> Bool {
        let descriptor = socket(AF_INET, streamType, 0)
        defer { close(descriptor) }
        var address = loopbackAddress(port: port)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                connect(descriptor, general, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopbackAddress(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    #if canImport(Glibc)
        private static var streamType: Int32 { Int32(SOCK_STREAM.rawValue) }
    #else
        private static var streamType: Int32 { SOCK_STREAM }
    #endif
}
