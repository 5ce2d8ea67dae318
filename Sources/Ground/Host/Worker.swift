#if canImport(Glibc)
    import CLinux
    import Glibc
#else
    import Darwin
#endif
import Synchronization

/// A thread of its own for code that blocks: SQLite, libcurl, a child process.
package final class Worker: Sendable {
    private let thread: Mutex<Handle?>

    /// A thread's handle is a number or a pointer, by platform; it may be used from any thread.
    private struct Handle: @unchecked Sendable { var id: pthread_t }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread called `name` (15 octets at most are shown) that runs `body`. Signals that ask to stop go to the
    /// main thread, never to it.
    ///
    /// - Throws: `HostError` when the machine has no more threads.
    package init(_ name: String, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) throws(HostError) {
        let boxed = Unmanaged.passRetained(
            Body {
                Worker.setName(name)
                body()
            })
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        var before = sigset_t()
        var stopping = sigset_t()
        sigemptyset(&stopping)
        for signal in StopSignal.signals { sigaddset(&stopping, signal) }
        pthread_sigmask(SIG_BLOCK, &stopping, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        #if canImport(Glibc)
            var id = pthread_t()
        #else
            var id: pthread_t?
        #endif
        let result = pthread_create(&id, &attributes, Worker.main, boxed.toOpaque())
        guard result == 0 else {
            boxed.release()
            throw HostError(.startThread, name, .system(errno: result))
        }
        #if canImport(Glibc)
            thread = Mutex(Handle(id: id))
        #else
            thread = Mutex(id.map { Handle(id: $0) })
        #endif
    }

    deinit {
        // Nobody joined it: let the system clear up when it ends.
        thread.withLock { handle in
            if let handle { pthread_detach(handle.id) }
            handle = nil
        }
    }

    /// Waits until the thread has ended. A second call returns at once.
    package func join() {
        let handle = thread.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let handle { pthread_join(handle.id, nil) }
    }

    #if canImport(Glibc)
        private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { boxed in
            if let boxed { Unmanaged<Body>.fromOpaque(boxed).takeRetainedValue().run() }
            return nil
        }

        private static func setName(_ name: String) {
            pthread_setname_np(pthread_self(), String(decoding: name.utf8.prefix(15), as: UTF8.self))
        }
    #else
        private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { boxed in
            Unmanaged<Body>.fromOpaque(boxed).takeRetainedValue().run()
            return nil
        }

        private static func setName(_ name: String) { pthread_setname_np(name) }
    #endif
}
