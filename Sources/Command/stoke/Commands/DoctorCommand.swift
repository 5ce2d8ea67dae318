import Arguments
import CivilTime
import DNS
import Host
import Interchange
import Outreach
import Workspace

/// Looks at everything that sending rests on, and says what to do about what is not well.
enum DoctorCommand: StokeCommand {
    /// The parts of a checkup.
    enum Part: String, CaseIterable {
        case machine, dns, mail
    }

    static let table = Command(
        "doctor", summary: "check the machine, DNS, and the mail servers' logins",
        discussion: """
            Looks at the files, the ledger, the clock, zone data, locks, the disk, permissions and the last run; asks \
            DNS for SPF, DKIM, DMARC and MX of each sending domain and for its server's PTR; logs in to each SMTP and \
            IMAP server with the mailbox's own secret. It sends nothing and changes nothing. Each line says ok, or \
            what to do.

            Reads stoke.yaml as it stands, applied or not; where that has errors, what was applied last. Domains are \
            asked about, and servers logged in to, only for mailboxes that name an SMTP or IMAP server.

            DNS goes by the machine's resolver (resolv.conf). STOKE_RESOLVER=ADDRESS[:PORT] names another one, an IPv4 \
            address; the mail servers' own names are still looked up by the machine.
            """,
        positionals: [
            Positional(
                "PART", "only a part: machine, dns or mail", arity: .any,
                kind: .choice(Part.allCases.map(\.rawValue)))
        ],
        options: [
            Option(
                "--selector", value: "NAME", "a DKIM selector that must be there; else the usual ones are tried",
                isRepeated: true),
            Option(
                "--timeout", value: "SECONDS", "how long a server may take to answer (20)", kind: .integer(1...300)),
            .json,
        ],
        examples: [
            Example("stoke doctor", "everything, before the first mail goes out"),
            Example("stoke doctor dns --selector s1", "only DNS, with the selector that signs"),
            Example("stoke doctor --json", "for a monitor: `wrong` counts what needs you"),
        ],
        exitCodes: [
            ExitCode(0, "nothing is wrong; there may be something to look at"), ExitCode(1, "something is wrong"),
        ], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let folder = try WorkspaceFolder.find(desk)
        let resolver = try resolver(desk)
        let parts = desk.invocation.values("PART").compactMap(Part.init)
        let wanted = parts.isEmpty ? Set(Part.allCases) : Set(parts)
        let files = WorkspaceDiagnosis(folder, desk)
        var diagnoses: [Diagnosis] = []
        if wanted.contains(.machine) {
            diagnoses += files.diagnoses + MachineDiagnosis(folder, desk, model: files.model).diagnoses
        }
        if let model = files.model {
            if wanted.contains(.dns) {
                diagnoses += DomainDiagnosis(desk, model, lookup: resolver.lookup).diagnoses
            }
            if wanted.contains(.mail) { diagnoses += try ServerDiagnosis(folder, desk, model).diagnoses() }
        } else {
            let parts = wanted.subtracting([.machine]).map(\.rawValue).sorted().joined(separator: " and ")
            if !wanted.contains(.machine) { diagnoses += files.diagnoses }
            if !parts.isEmpty {
                diagnoses.append(
                    .wrong("mailboxes", parts, "not looked at, for the files have errors", do: "stoke check shows them")
                )
            }
        }
        let checkup = Checkup(diagnoses: diagnoses)
        if desk.wantsJSON {
            desk.output.print(checkup.json)
        } else {
            desk.output.print(checkup.text(width: desk.output.width, style: desk.output.style))
        }
        return checkup.wrong == 0 ? .fine : .failed
    }

    private static func resolver(_ desk: Desk) throws -> Resolver {
        guard let text = desk.environment.text("STOKE_RESOLVER") else { return Resolver() }
        guard let server = Resolver.Server(text) else {
            throw Failure(
                "STOKE_RESOLVER: \(text) is no name server", hint: "an IPv4 address: 192.0.2.53 or 127.0.0.1:5353",
                status: .usage)
        }
        return Resolver(server)
    }
}
