import Diagnostics
import Facts
import Liquid
import Testing

/// Stoke never sends a blank.
struct MissingValueTests {
    static let data: Record = [
        "name": .text("Maya"), "pale": .text(" "), "none": .missing, "list": .list([.record(["a": .text("")])]),
    ]

    @Test(arguments: [
        ("Hi {{ nope }}", "<missing-value 1:7+4>"), ("Hi {{ none }}", "<missing-value 1:7+4>"),
        ("Hi {{ pale }}", "<missing-value 1:7+4>"),
        ("Hi {{ company.name }}", "<missing-value 1:7+12>"), ("{{ nope | upcase }}", "<missing-value 1:4+4>"),
        ("{{ 'a' | append: nope }}", "<missing-value 1:18+4>"), ("{% assign x = nope %}", "<missing-value 1:15+4>"),
        ("{% for x in nope %}{{ x }}{% endfor %}", "<missing-value 1:13+4>"),
        ("{% for x in list %}{{ x.a }}{% endfor %}", "<missing-value 1:23+3>"),
        ("{% cycle nope %}", "<missing-value 1:10+4>"), ("{% render 'p', x: nope %}", "<missing-value 1:19+4>"),
        ("{{ list[0].a }}", "<missing-value 1:4+9>"),
    ])
    func `a variable without a value holds the message`(template: String, text: String) {
        #expect(rendered(template, Self.data, undefined: .fails(optional: []), partials: ["p": "x"]) == text)
    }

    @Test(arguments: [
        ("{{ nope | default: 'there' }}", "there"), ("{{ nope | capitalize | default: 'there' }}", "there"),
        ("{% if nope %}a{% else %}b{% endif %}", "b"),
        ("{% if nope == blank %}a{% endif %}", "a"), ("{% case nope %}{% when 1 %}a{% else %}b{% endcase %}", "b"),
        ("{% for x in nope %}a{% else %}b{% endfor %}", "b"),
        ("{% assign x = '' %}[{{ x }}]", "[]"), ("{% capture x %}{% endcapture %}[{{ x }}]", "[]"),
        ("{{ name }}{{ company.city }}", "Maya"),
        ("{% unless pale == blank %}a{% endunless %}b", "b"), ("{{ '' }}", ""),
    ])
    func `what asks first, gives another text or is optional goes through`(template: String, text: String) {
        #expect(rendered(template, Self.data, undefined: .fails(optional: ["company.city"])) == text)
    }

    @Test func `the failure names the variable, suggests one and keeps the way of includes`() throws {
        let inner = try #require(Template.parse(SourceText(file: "sig.md", text: "--\n{{ nmae }}")).template)
        let outer = try #require(Template.parse(SourceText(file: "intro.md", text: "a\n{% include 'sig' %}")).template)
        let options = RenderOptions(clock: TemplateClock(now: testNow), partial: { $0 == "sig" ? inner : nil })
        let failure = try #require(throws: RenderFailure.self) { try outer.render([["name": .text("x")]], options) }
        #expect(failure.kind == .missing(variable: "nmae"))
        #expect(failure.hint == "did you mean \"name\"?")
        #expect(failure.place.file == "sig.md" && failure.place.line == 2)
        #expect(failure.chain.map(\.file) == ["intro.md"] && failure.chain.first?.line == 2)
        #expect(FindingText().text(failure.finding).contains("intro.md:2:12: note: included here"))
    }

    @Test func `a template that is not there, or is its own, is a failure`() {
        #expect(rendered("{% render 'x' %}") == "<unknown-template 1:11+3>")
        #expect(rendered("{% include 'p' %}", partials: ["p": "{% include 'p' %}"]).hasPrefix("<render-limit 1:12"))
        #expect(
            rendered("{% render 'p' %}", partials: ["p": "{% include 'q' %}", "q": ""]).hasPrefix("<unknown-template"))
    }
}
