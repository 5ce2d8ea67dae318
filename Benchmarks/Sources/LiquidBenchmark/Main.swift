import CivilTime
import Diagnostics
import Facts
import Liquid

@main
struct LiquidBenchmark {
    static func main() throws {
        let parts = Set(CommandLine.arguments.dropFirst())
        func isWanted(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
        if isWanted("render") { try Rendering.run() }
        if isWanted("parse") { Parsing.run() }
        if isWanted("limits") { Limits.run() }
    }
}

/// Seconds that `work` takes, the least of several runs.
func seconds(runs: Int = 40, _ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<runs).map { _ in clock.measure(work) / .seconds(1) }.min() ?? 0
}

/// A number with `places` behind the point.
func fixed(_ value: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int((value * scale).rounded())
    let digits = String(repeating: "0", count: max(0, places + 1 - String(scaled).count)) + String(scaled)
    return digits.dropLast(places) + (places > 0 ? "." + digits.suffix(places) : "")
}

/// How fast a template renders, next to the same text put together by hand.
enum Rendering {
    static func run() throws {
        let source = SourceText(file: "outreach.md", text: Outreach.template)
        guard let template = Template.parse(source).template else { return print("the template has errors") }
        let people = Outreach.people(1000)
        let records = people.map(Outreach.record)
        let options = RenderOptions(clock: TemplateClock(now: Instant(1_780_000_000)))
        for (person, record) in zip(people, records) {
            let text = try template.render([record], options)
            guard text == .text(Outreach.concatenated(person)) else {
                return print("the two texts differ: \(text)\n\(Outreach.concatenated(person))")
            }
        }
        var octets = 0
        let byHand = seconds { for person in people { octets += Outreach.concatenated(person).utf8.count } }
        let rendered = seconds {
            for record in records {
                if case .text(let text)? = try? template.render([record], options) { octets += text.utf8.count }
            }
        }
        print("template: \(source.bytes.count) octets; 1,000 people; \(octets) octets in all")
        print("by hand:  \(fixed(byHand * 1e3, 3)) us each")
        print("rendered: \(fixed(rendered * 1e3, 3)) us each")
        print("ratio:    \(fixed(byHand / rendered, 3)) (at least 0.2)")
    }
}

/// How the time to read a template grows with its length.
enum Parsing {
    static func run() {
        print("\nparsing, ns an octet")
        for size in [1, 4, 16, 64, 256, 1024] {
            let source = SourceText(
                file: "long.md", text: repeated(Outreach.template + "\n", upTo: size * 1024))
            let time = seconds(runs: size > 100 ? 3 : 20) { _ = Template.parse(source) }
            print("\(size) KB: \(fixed(time * 1e9 / Double(source.bytes.count), 1))")
        }
        print("\nbroken and odd templates of 1 MB, ns an octet")
        for piece in ["{{ ", "{% ", "{", "{a|", "{{ a }", "{% if a %}", "{{ x | nope }}", "{% raw %}", "}|{", "{{ 'a"] {
            let source = SourceText(file: "odd.md", text: repeated(piece, upTo: 1 << 20))
            let time = seconds(runs: 1) { _ = Template.parse(source) }
            print("\(piece): \(fixed(time * 1e9 / Double(source.bytes.count), 1))")
        }
    }

    private static func repeated(_ text: String, upTo size: Int) -> String {
        String(repeating: text, count: max(1, size / text.utf8.count))
    }
}

/// How long templates that never end take to be stopped.
enum Limits {
    static func run() {
        print("\npathological templates")
        let nested =
            String(repeating: "{% for i in (1..9) %}", count: 60) + "x" + String(repeating: "{% endfor %}", count: 60)
        let templates = [
            ("a loop of a billion", "{% for i in (1..1000000000) %}x{% endfor %}"),
            ("an empty loop of a billion", "{% for i in (1..1000000000) %}{% endfor %}"),
            ("60 loops inside one another", nested),
            (
                "a text that doubles",
                "{% assign s = 'xxxxxxxx' %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}"
            ),
            ("a list of a billion", "{{ (1..1000000000) | join: ',' }}"),
            (
                "a list that doubles",
                "{% assign l = 'a,b' | split: ',' %}{% for i in (1..100) %}{% assign l = l | concat: l %}{% endfor %}"
            ),
            (
                "a number that squares itself",
                "{% assign n = 10 %}{% for i in (1..100) %}{% assign n = n | times: n %}{% endfor %}"
            ),
            (
                "10,000 brackets",
                "{{ a" + String(repeating: "[a", count: 10_000) + String(repeating: "]", count: 10_000) + " }}"
            ),
            ("10,000 blocks", String(repeating: "{% if a %}", count: 10_000)),
            (
                "a replacement that explodes",
                "{% assign s = 'a' %}{% for i in (1..40) %}{% assign s = s | replace: 'a', 'aaaa' %}{% endfor %}"
            ),
        ]
        for (name, text) in templates {
            var outcome = ""
            let time = seconds(runs: 1) { outcome = render(text) }
            print("\(name): \(fixed(time * 1000, 1)) ms: \(outcome)")
        }
    }

    private static func render(_ text: String) -> String {
        let reading = Template.parse(SourceText(file: "odd.md", text: text))
        guard let template = reading.template else { return reading.findings.first?.message ?? "no finding" }
        do {
            _ = try template.render([["a": .integer(1)]], RenderOptions(clock: TemplateClock(now: Instant(0))))
            return "it ended by itself"
        } catch {
            return error.message
        }
    }
}
