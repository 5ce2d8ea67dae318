import Foundation
import TestKit
import Testing

@testable import Host

@Suite struct ThreadsTests {
    @Test func `many threads put, one takes, nothing is lost and each thread's order is kept`() throws {
        let queue = BlockingQueue<(thread: Int, number: Int)>()
        let workers = try (0..<4).map { thread in
            try Worker("producer \(thread)") { for number in 0..<2000 { queue.put((thread, number)) } }
        }
        let closer = try Worker("closer with a rather long name") {
            for worker in workers { worker.join() }
            queue.close()
        }
        var next = [0, 0, 0, 0]
        while let group = queue.takeAll() {
            #expect(!group.isEmpty)
            for (thread, number) in group {
                #expect(number == next[thread])
                next[thread] += 1
            }
        }
        closer.join()
        closer.join()
        #expect(next == [2000, 2000, 2000, 2000])
        #expect(!queue.put((0, 0)))
        #expect(queue.take() == nil)
    }

    @Test func `one taker after another gets the oldest`() {
        let queue = BlockingQueue<Int>()
        for number in 1...3 { queue.put(number) }
        #expect(queue.take() == 1)
        queue.close()
        #expect(queue.takeAll() == [2, 3])
        #expect(queue.takeAll() == nil)
    }

    @Test func `what is not urgent lies until something urgent takes it along, or patience ends`() throws {
        let queue = BlockingQueue<Int>()
        queue.put(1, isUrgent: false)
        let waiter = try Worker("urgent") {
            Thread.sleep(forTimeInterval: 0.05)
            queue.put(2, isUrgent: false)
            queue.put(3)
        }
        #expect(queue.takeAll(patience: .seconds(600)) == [1, 2, 3])
        waiter.join()
        queue.put(4, isUrgent: false)
        #expect(queue.takeAll(patience: .milliseconds(5)) == [4], "patience ended")
        queue.put(5, isUrgent: false)
        queue.close()
        #expect(queue.takeAll(patience: .seconds(600)) == [5], "nobody will come any more")
        #expect(queue.takeAll(patience: .seconds(600)) == nil)
    }

    @Test func `an answer is waited for, given once, and not waited for longer than asked`() throws {
        let answer = Answer<Int>()
        #expect(answer.wait(atMost: .milliseconds(20)) == nil)
        #expect(answer.value == nil)
        let worker = try Worker("giver") {
            answer.give(1)
            answer.give(2)
        }
        #expect(answer.wait() == 1)
        worker.join()
        #expect(answer.wait(atMost: .zero) == 1)
    }

    @Test func `a monitor's state is one thread's at a time`() throws {
        let monitor = Monitor(0)
        let workers = try (0..<4).map { _ in
            try Worker("adder") { for _ in 0..<5000 { monitor.withState { $0 += 1 } } }
        }
        let total = monitor.wait { $0 == 20_000 ? $0 : nil }
        for worker in workers { worker.join() }
        #expect(total == 20_000)
    }

    @Test func `a worker that nobody joins runs to its end`() throws {
        let answer = Answer<Bool>()
        _ = try Worker("alone") { answer.give(true) }
        #expect(answer.wait(atMost: .seconds(60)) == true)
    }
}

/// These change the whole process, so they come one after another.
@Suite(.serialized) struct SignalsTests {
    @Test func `a stop signal is seen by those who wait and those who ask`() throws {
        let stop = try StopSignal()
        #expect(!stop.isRaised)
        #expect(!stop.wait(atMost: .milliseconds(20)))
        stop.install()
        defer { for number in StopSignal.signals { signal(number, SIG_DFL) } }
        let waiter = Answer<Bool>()
        let worker = try Worker("waiter") { waiter.give(stop.wait(atMost: .seconds(60))) }
        kill(getpid(), SIGHUP)
        #expect(waiter.wait(atMost: .seconds(60)) == true)
        worker.join()
        #expect(stop.signal == SIGHUP)
        // The second one of the kind has the system's effect again.
        var action = sigaction()
        sigaction(SIGHUP, nil, &action)
        #expect(action.__sigaction_handler.sa_handler == nil)
        stop.raise(SIGINT)
        #expect(stop.signal == SIGHUP)
        #expect(stop.wait(atMost: .zero))
        var readable = pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&readable, 1, 0) == 1)
    }

    @Test func `a hardened process is not dumped, crashes silently and outlives a closed pipe`() throws {
        ProcessSettings.harden()
        #expect(!ProcessSettings.isDumpable)
        var ends: [Int32] = [0, 0]
        #expect(Foundation.pipe(&ends) == 0)
        close(ends[0])
        #expect(write(ends[1], "x", 1) == -1 && errno == EPIPE)
        close(ends[1])
        for number in [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE] {
            var action = sigaction()
            sigaction(number, nil, &action)
            #expect(action.__sigaction_handler.sa_handler == nil)
        }
    }
}

@Suite struct HostFactsTests {
    @Test func `clocks tell the time and never go back`() {
        let (wall, boot, monotonic) = (Clocks.wallSeconds(), Clocks.sinceBoot(), Clocks.monotonic())
        #expect(abs(Double(wall) - Date().timeIntervalSince1970) < 3600)
        #expect(Clocks.wallNanoseconds() / 1_000_000_000 >= wall)
        Clocks.sleep(.milliseconds(2))
        #expect(Clocks.sinceBoot() >= boot + .milliseconds(2))
        #expect(Clocks.monotonic() >= monotonic + .milliseconds(2))
        Clocks.sleep(.seconds(-1))
    }

    @Test func `waits become whole milliseconds, rounded up`() {
        #expect(Duration.milliseconds(forPoll: nil) == -1)
        #expect(Duration.milliseconds(forPoll: .seconds(-5)) == 0)
        #expect(Duration.milliseconds(forPoll: .microseconds(1)) == 1)
        #expect(Duration.milliseconds(forPoll: .milliseconds(1500)) == 1500)
        #expect(Duration.milliseconds(forPoll: .seconds(1 << 60)) == 1_000_000_000)
    }

    @Test func `a test's output is no terminal with colours where NO_COLOR is set`() {
        let plain = Terminal.standardError(Environment(["NO_COLOR": "1", "COLUMNS": "132"]))
        #expect(!plain.hasColour)
        #expect(plain.columns == 132)
        #expect(Terminal.standardOutput(Environment(["COLUMNS": "junk"])).columns >= 1)
    }

    @Test func `the process's variables are read`() {
        let environment = Environment.ofProcess()
        #expect(environment["PATH"] == ProcessInfo.processInfo.environment["PATH"])
        #expect(environment.setting("PATH", to: nil)["PATH"] == nil)
        #expect(environment.setting("EMPTY", to: "").text("EMPTY") == nil)
        #expect(environment.setting("EMPTY", to: "")["EMPTY"] == "")
    }

    @Test func `zone files are found where the environment says, else where the system has them`() throws {
        let folder = try TemporaryFolder()
        try folder.write("Europe/Berlin", text: "TZif")
        try folder.write("UTC", text: "TZif")
        let found = try #require(ZoneFolder.find(Environment(["TZDIR": folder.path])))
        #expect(found.names() == ["Europe/Berlin", "UTC"])
        #expect(found.read("Europe/Berlin") == Array("TZif".utf8))
        #expect(found.read("Europe") == nil)
        #expect(found.read("Nowhere") == nil)
        #expect(ZoneFolder.find(Environment(["TZDIR": folder.path("none")]))?.path != folder.path("none"))
    }
}
