#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import CivilTime
import Diagnostics
import Facts
import Interchange
import Liquid

/// Renders templates for other programs: one JSON object a line in, one a line out, until the input ends.
///
/// A request has `id`, `template`, `data`, and where it needs them `partials`, `now`, `pick` (a choice by the number
/// of its group) and `mode`. The answer has `output`, or `error` with `line` and `column`.
enum TemplateServer {
    static func serve() {
        while let line = readLine(strippingNewline: true) {
            // Whoever asks waits for the answer: nothing may stay in a buffer.
            print(answer(line).compact)
            fflush(nil)
        }
    }

    private static func answer(_ line: String) -> JSON {
        let request: JSON
        do {
            request = try JSON(parsing: line)
        } catch {
            return ["error": .string(error.finding.message)]
        }
        let id = request["id"] ?? .null
        var members: [(String, JSON)] = [("id", id)]
        do throws(Refusal) {
            members.append(("output", .string(try Exchange(request).output())))
        } catch {
            members.append(("error", .string(error.message)))
            members.append(("line", .integer(error.line)))
            members.append(("column", .integer(error.column)))
        }
        return .object(JSONObject(members))
    }
}

/// Why a template is refused.
private struct Refusal: Error {
    let message: String
    let line: Int
    let column: Int

    init(_ finding: Finding) {
        message = finding.message
        line = finding.place?.line ?? 1
        column = finding.place?.column ?? 1
    }

    init(_ message: String) { (self.message, line, column) = (message, 1, 1) }
}

/// One request.
private struct Exchange {
    private let source: SourceText
    private let data: Record
    private let partials: [String: Template]
    private let clock: TemplateClock
    private let picks: [Int]
    private let dialect: Dialect

    init(_ request: JSON) throws(Refusal) {
        guard let template = request["template"]?.string else { throw Refusal("there is no template") }
        source = SourceText(file: "template", text: template)
        if case .record(let record)? = request["data"].map(Self.value) { data = record } else { data = Record() }
        picks = request["pick"]?.array?.map { $0.integer ?? 0 } ?? []
        let dialect = Self.dialect(request)
        self.dialect = dialect
        partials = (request["partials"]?.object?.members ?? []).reduce(into: [:]) { partials, member in
            let source = SourceText(file: member.name, text: member.value.string ?? "")
            partials[member.name] = Template.parse(source, dialect: dialect).template
        }
        let now = request["now"]?.string.flatMap { TemplateClock(now: Instant(0)).read($0) }
        clock = TemplateClock(now: now ?? Instant(0))
    }

    private static func dialect(_ request: JSON) -> Dialect {
        if request["pick"] != nil { return .stoke }
        switch request["mode"]?.string {
        case "strict2": return .reference(.strict2)
        case "strict": return .reference(.strict)
        default: return .reference(.lax)
        }
    }

    func output() throws(Refusal) -> String {
        let reading = Template.parse(source, dialect: dialect)
        guard let template = reading.template else {
            let error = reading.findings.first { $0.severity == .error } ?? reading.findings.first
            throw error.map { Refusal($0) } ?? Refusal("the template can't be read")
        }
        let picks = picks
        let partials = partials
        let options = RenderOptions(
            clock: clock, undefined: .blank,
            choice: { picks.indices.contains($0.number) ? picks[$0.number] : 0 }, partial: { partials[$0] })
        do {
            switch try template.render([data], options) {
            case .text(let text): return text
            case .skipped: return ""
            }
        } catch {
            throw Refusal(error.finding)
        }
    }

    /// A JSON value as a fact; a whole number beyond 64 bits keeps its digits as a text.
    private static func value(_ json: JSON) -> Value {
        switch json {
        case .null: .missing
        case .bool(let value): .bool(value)
        case .string(let text): .text(text)
        case .array(let elements): .list(elements.map(value))
        case .object(let object):
            .record(object.members.reduce(into: Record()) { $0[$1.name] = value($1.value) })
        case .number(let number): self.number(number)
        }
    }

    private static func number(_ number: JSONNumber) -> Value {
        let isWhole = !number.text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
        if isWhole { return number.integer.map { .integer($0) } ?? .text(number.text) }
        return number.double.map { .decimal($0) } ?? .text(number.text)
    }
}
