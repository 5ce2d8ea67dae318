import Host
import MIME

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Mail that leaves into a Maildir on this machine: the safe default, and the same fence.
package struct MaildirTransport: Transport {
    package init() {}

    /// Makes the folder and its `tmp`, `new` and `cur` (0700) where they are missing.
    package func connect(_ account: Account, deadline: ContinuousClock.Instant) throws(TransportError) -> any Session {
        guard case .maildir(let path) = account.server else {
            throw TransportError(phase: .connect, ending: .failed("a server is no Maildir"))
        }
        do throws(HostError) {
            for folder in ["tmp", "new", "cur"] { try Files.createFolder(Paths.join(path, folder)) }
        } catch {
            throw TransportError(phase: .connect, ending: .failed(error.description))
        }
        return MaildirSession(path: path, fenceLimit: account.timeouts.fence)
    }
}

/// One message is one file with LF line ends, as other programs have it: written to `tmp`, synced, fenced, renamed to `new`, and the folder synced.
final class MaildirSession: Session {
    private(set) var isOpen = true
    private let path: String
    private let fenceLimit: Duration

    init(path: String, fenceLimit: Duration) {
        self.path = path
        self.fenceLimit = fenceLimit
    }

    func deliver(_ message: WireMessage, fence: () -> Bool) -> Handover {
        let start = ContinuousClock.now
        var passage = FencePassage(limit: fenceLimit)
        let (phase, ending) = handOver(message, fence, &passage)
        return Handover(
            phase: phase, ending: ending, isFenced: passage.isGranted, mayHaveLeft: passage.mayHaveLeft,
            duration: start.duration(to: .now))
    }

    func close() { isOpen = false }

    private func handOver(
        _ message: WireMessage, _ fence: () -> Bool, _ passage: inout FencePassage
    ) -> (WirePhase, Ending) {
        let name = MaildirName.next()
        let draft = "\(path)/tmp/\(name)"
        do throws(HostError) { try DurableFile.create(draft, CanonicalLines.lf(message.octets)) } catch {
            unlink(draft)
            return (.body, .failed(error.description))
        }
        guard passage.ask(fence) else {
            unlink(draft)
            return (.fence, .fenceRefused)
        }
        guard passage.timeLeft != nil else {
            unlink(draft)
            return (.fence, .fenceExpired)
        }
        guard rename(draft, "\(path)/new/\(name)") == 0 else {
            let failure = HostError(.write, path, .system(errno: errno))
            unlink(draft)
            return (.dot, .failed(failure.description))
        }
        passage.mayHaveLeft = true
        // Renamed, but not on the disk for sure: a power loss may still take it back, so this is no acceptance.
        do throws(HostError) { try DurableFile.syncFolder("\(path)/new") } catch {
            return (.dot, .failed(error.description))
        }
        return (.dot, .accepted(Reply(code: 250, lines: [name])))
    }
}
