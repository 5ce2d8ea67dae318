#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Arguments
import CivilTime
import Host

@main
struct Stoke {
    static func main() {
        ProcessSettings.harden()
        let environment = Environment.ofProcess()
        let output = Output(results: .standardOutput(environment), progress: .standardError(environment))
        // Swift reads the arguments from /proc: in a bare chroot there are none, and doing nothing would look like success.
        guard !CommandLine.arguments.isEmpty else {
            output.warn("the arguments can't be read; is /proc mounted?")
            exit(ExitStatus.failed.rawValue)
        }
        let status = run(Array(CommandLine.arguments.dropFirst()), environment, output)
        exit(ending(status, output).rawValue)
    }

    /// A command whose results got lost has failed, whatever it did.
    private static func ending(_ status: ExitStatus, _ output: Output) -> ExitStatus {
        guard let why = output.loss.words else { return status }
        output.warn("the results could not be written: \(why); what the command does was done")
        return status == .fine ? .failed : status
    }

    private static func run(_ arguments: [String], _ environment: Environment, _ output: Output) -> ExitStatus {
        do {
            switch try Catalogue.root.parse(arguments) {
            case .help(let path):
                output.print(path.help(width: min(output.width, 100)))
                return .fine
            case .run(let invocation): return try perform(invocation, environment, output)
            }
        } catch let error as UsageError {
            output.warn(usage: error)
            return .usage
        } catch {
            let failure = Words.failure(error)
            output.show(failure)
            return failure.status
        }
    }

    private static func perform(
        _ invocation: Invocation, _ environment: Environment, _ output: Output
    ) throws -> ExitStatus {
        let folder = ZoneFolder.find(environment)
        let zones = ZoneDatabase(
            list: { folder?.names() ?? [] }, read: { folder?.read($0) })
        let desk = Desk(invocation: invocation, environment: environment, output: output, zones: zones)
        try desk.checkClock()
        if invocation.words.isEmpty, invocation.has("--version") {
            output.print("stoke \(Version.full)")
            return .fine
        }
        guard let command = Catalogue.command(invocation.words) else {
            output.print(CommandPath(root: Catalogue.root).help(width: min(output.width, 100)))
            return .fine
        }
        return try command.run(desk)
    }
}
