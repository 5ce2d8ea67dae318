import Arguments
import CivilTime
import Diagnostics
import Host
import Ledger
import Outreach

/// Turns what went wrong into words and a status: the one place where errors are worded.
enum Words {
    static func failure(_ error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case let error as StoreError: store(error)
        case let error as HostError: Failure("\(error)", hint: hint(error))
        default: Failure("\(error)")
        }
    }

    /// A name that is there and nearly so, or whom to ask for permission.
    private static func hint(_ error: HostError) -> String? {
        if error.isMissing {
            let folder = Paths.parent(error.subject)
            let near = NearestName.among((try? Files.list(folder)) ?? [], to: Paths.name(error.subject))
            return near.map { "did you mean \"\(error.subject.contains("/") ? Paths.join(folder, $0) : $0)\"?" }
        }
        guard error.isRefused else { return nil }
        return "it must belong to the user who runs stoke, uid \(ProcessSettings.user): ls -ld \(error.subject)"
    }

    private static func store(_ error: StoreError) -> Failure {
        switch error {
        case .unreadable(let path, let reason): Failure("the ledger \(path) can't be read: \(reason)")
        case .notWritten(let reason):
            Failure(
                "the ledger could not be written: \(reason)", hint: "nothing of it was done; free space and run again")
        case .newerSchema(let found, let known):
            Failure(
                "a newer stoke wrote this ledger (version \(found), this one knows \(known))",
                hint: "update stoke on this machine", status: .refused)
        case .needsAdoption(let reason):
            Failure(
                "this ledger may not be the latest: \(reason)",
                hint: "if it is, and no other copy sends, run: stoke adopt", status: .refused)
        case .busy(let seconds):
            Failure("another stoke has been writing for \(seconds) s", hint: "try again", status: .locked)
        case .wrongClock(let isPretend):
            isPretend
                ? Failure(
                    "this ledger rehearses on a pretend clock",
                    hint: "add --now INSTANT, or start a real one elsewhere",
                    status: .refused)
                : Failure(
                    "this ledger is real, so --now is refused",
                    hint: "rehearse in a copy of the folder without .stoke/",
                    status: .refused)
        case .damaged(let reason):
            Failure("the ledger is damaged: \(reason)", hint: "stoke ledger restore FILE brings a backup back")
        case .networkFileSystem(let path):
            Failure("\(path) is on a network file system, where locks don't hold", status: .refused)
        case .running(let owner):
            Failure(
                "another stoke is at work here: \(owner)", hint: "it ends by itself; try again then", status: .locked)
        case .clockBehind(let now, let lastFact):
            Failure(
                "the clock says \(now), but the ledger's last fact is of \(lastFact)",
                hint: "mend the machine's clock, or name a later --now", status: .refused)
        case .unknownPerson(let id): Failure("the ledger has no person \(id.row)")
        }
    }
}
