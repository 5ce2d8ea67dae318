#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// State that several threads share: one at a time touches it, and others can wait for it to change.
///
/// For threads of their own (`Worker`), never for the cooperative pool, which must not block.
package final class Monitor<State: Sendable>: @unchecked Sendable {
    // Sendable by the mutex: `state` is touched only while it is held.
    private var state: State
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// How many threads sleep, or are about to.
    private var sleepers = 0

    /// The state that the lock guards from here on.
    package init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        #if canImport(Glibc)
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(condition, &attributes)
            pthread_condattr_destroy(&attributes)
        #else
            pthread_cond_init(condition, nil)
        #endif
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the state, then wakes all who wait.
    ///
    /// - Parameter waking: false where nobody waits for what is changed.
    package func withState<Result, Failure: Error>(
        waking: Bool = true, _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { unlock(waking: waking) }
        return try body(&state)
    }

    /// Changes the state, and wakes all who wait if `body` says that it matters to them.
    package func change(_ body: (inout State) -> Bool) {
        pthread_mutex_lock(mutex)
        unlock(waking: body(&state))
    }

    /// Reads the state; nobody is woken, since nothing changes.
    package func read<Result>(_ body: (State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(state)
    }

    /// Who is woken while the mutex is held would only wait for that.
    private func unlock(waking: Bool) {
        let isAwaited = waking && sleepers > 0
        pthread_mutex_unlock(mutex)
        if isAwaited { pthread_cond_broadcast(condition) }
    }

    /// The first result that `body` has, which is tried now and after each change; `nil` once `limit` has passed.
    package func wait<Result>(atMost limit: Duration? = nil, _ body: (inout State) -> Result?) -> Result? {
        let deadline = limit.map { Clocks.monotonic() + $0 }
        pthread_mutex_lock(mutex)
        // The body may have changed the state, as a queue's taker does.
        defer { unlock(waking: true) }
        while true {
            if let result = body(&state) { return result }
            sleepers += 1
            defer { sleepers -= 1 }
            guard sleep(until: deadline) else { return nil }
        }
    }

    /// False once `deadline`, on the monotonic clock, has passed.
    private func sleep(until deadline: Duration?) -> Bool {
        guard let deadline else {
            pthread_cond_wait(condition, mutex)
            return true
        }
        let left = deadline - Clocks.monotonic()
        guard left > .zero else { return false }
        #if canImport(Glibc)
            var time = timespec(deadline)
            pthread_cond_timedwait(condition, mutex, &time)
        #else
            var time = timespec(left)
            pthread_cond_timedwait_relative_np(condition, mutex, &time)
        #endif
        return true
    }
}

/// A queue from many threads to one: the taker takes all that waits, which makes groups when work is slow.
package final class BlockingQueue<Element: Sendable>: Sendable {
    private struct State: Sendable {
        var waiting: [Element] = []
        /// Whether somebody waits for one of them.
        var isUrgent = false
        var isClosed = false
    }

    private let monitor = Monitor(State())

    package init() {}

    /// Puts `element` behind the others; false where the queue is closed and did not take it.
    ///
    /// - Parameter isUrgent: whether somebody waits for what becomes of it; else a patient taker may let it lie.
    @discardableResult
    package func put(_ element: Element, isUrgent: Bool = true) -> Bool {
        var isTaken = false
        monitor.change { state in
            if state.isClosed { return false }
            // The taker sleeps while nothing waits, or nothing urgent.
            let matters = state.waiting.isEmpty || (isUrgent && !state.isUrgent)
            state.waiting.append(element)
            state.isUrgent = state.isUrgent || isUrgent
            isTaken = true
            return matters
        }
        return isTaken
    }

    /// Everything that waits, oldest first, at least one; waits for it. `nil` once the queue is closed and empty.
    ///
    /// - Parameter patience: how long what is not urgent may lie, so that something urgent takes it along.
    package func takeAll(patience: Duration = .zero) -> [Element]? {
        _ = monitor.wait { $0.waiting.isEmpty && !$0.isClosed ? nil : true }
        if patience > .zero { _ = monitor.wait(atMost: patience) { $0.isUrgent || $0.isClosed ? true : nil } }
        return monitor.withState(waking: false) { state in
            var taken: [Element] = []
            swap(&taken, &state.waiting)
            state.isUrgent = false
            return taken.isEmpty ? nil : taken
        }
    }

    /// The oldest element; waits for it. `nil` once the queue is closed and empty.
    package func take() -> Element? {
        monitor.wait { state -> Element?? in
            if state.waiting.isEmpty { return state.isClosed ? .some(nil) : nil }
            return state.waiting.removeFirst()
        } ?? nil
    }

    /// No more elements: takers get what waits, then `nil`.
    package func close() { monitor.withState { $0.isClosed = true } }
}

/// A value that one thread gives once and others wait for.
package final class Answer<Value: Sendable>: Sendable {
    private let monitor = Monitor<Value?>(nil)

    package init() {}

    /// Gives the value; the first one stays.
    package func give(_ value: Value) {
        monitor.withState { state in
            if state == nil { state = value }
        }
    }

    /// The value, waited for; `nil` once `limit` has passed.
    package func wait(atMost limit: Duration? = nil) -> Value? { monitor.wait(atMost: limit) { $0 } }

    /// The value if it is there.
    package var value: Value? { monitor.read { $0 } }
}
