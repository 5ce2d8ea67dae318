import Foundation
import Synchronization

/// Blocking work on threads of its own, so that servers that hang don't hold each other up.
package enum Parallel {
    /// Calls `body` with 0 to `count - 1` on `threads` threads, and waits for all.
    package static func run(_ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let next = Counter()
        let done = DispatchGroup()
        for _ in 0..<min(threads, count) {
            done.enter()
            let thread = Thread {
                while let index = next.take(below: count) { body(index) }
                done.leave()
            }
            thread.stackSize = 1 << 20
            thread.start()
        }
        done.wait()
    }

    private final class Counter: Sendable {
        private let value = Atomic<Int>(0)

        func take(below limit: Int) -> Int? {
            let index = value.add(1, ordering: .relaxed).oldValue
            return index < limit ? index : nil
        }
    }
}
