import Diagnostics
import Facts
import Liquid
import TestKit
import Testing

struct FindingTests {
    /// Codes and marks: each finding stands under its mark, in order.
    @Test(arguments: [
        ("Hi {{ name | «captialize» }}", ["unknown-filter"]), ("{{ a «b» }}", ["liquid-syntax"]),
        ("日本 {{ x | «nope» }} 👩‍👩‍👧 {% «fro» x in y %}{% endfor %}", ["unknown-filter", "unknown-tag"]),
        ("a\r\n\t{{ x «=» 1 }}", ["liquid-syntax"]), ("«{{» name\nb", ["unclosed-tag"]),
        ("«{{ name }» b", ["unclosed-tag"]),
        ("a «{%» if x", ["unclosed-tag"]), ("«{% if a %}»b {% for x in y %}c{% endfor %}", ["unclosed-block"]),
        ("{% if a %}«{% for x in y %}»{% endif %}", ["unclosed-block"]),
        ("a{% «endif» %}b{% «else» %}", ["stray-tag", "stray-tag"]),
        ("{% if a %}{% «endfor» %}{% endif %}", ["stray-tag"]),
        ("{% if a «&»& b %}{% endif %}{{ «'»oops }}", ["liquid-syntax", "liquid-syntax"]),
        ("{% for i «of» list %}{% endfor %}", ["liquid-syntax"]),
        ("{% for i in a «step»: 2 %}{% endfor %}", ["liquid-syntax"]),
        ("«{% assign x %}»", ["liquid-syntax"]), ("{{ a | «plus» }}", ["filter-arguments"]),
        ("{{ a | «upcase»: 1 }}", ["filter-arguments"]),
        ("«{% spin %}»a{% endspin %}", ["spin-options"]), ("{a|b|«a»}", ["spin-same"]), ("«{a|}»", ["spin-same"]),
        ("https://x.example/«{a|b}»", ["spin-in-link"]), ("{{ a | «raw» }}", ["raw-value"]),
        (
            "Hi «{first_name}» «%signature%» «[[company]]» «*|FNAME|*» «{contactfield=city}»",
            Array(repeating: "foreign-syntax", count: 5)
        ),
        ("«{{RANDOM | Hi | Hello}}»", ["foreign-syntax"]), ("«{{#if a}}»", ["foreign-syntax"]),
        ("{{ name | «there» }}", ["unknown-filter"]),
        ("{{ «[»'a'] }}", ["liquid-syntax"]),
        ("{% «endcomment» %}{% raw «x» %}{% endraw %}", ["stray-tag", "liquid-syntax"]),
        ("{% cycle %}", ["liquid-syntax"]),
    ])
    func `every finding stands in its place`(marked: String, codes: [String]) {
        let text = MarkedText(marked)
        let found = findings(text.text)
        #expect(found.map(\.code.name) == codes, "\(worded(found))")
        if !text.marks.isEmpty {
            let places = found.compactMap(\.place).map {
                MarkedText.Mark(line: $0.line, column: $0.column, length: $0.length)
            }
            #expect(places == text.marks)
        }
    }

    @Test(arguments: [
        ("{{ name | captialize }}", "did you mean \"capitalize\"?"),
        ("{{ name | there }}", "for a text to use where there is no value, write | default: \"there\""),
        ("{% if a %}{% esle %}{% endif %}", "did you mean \"else\"?"),
        ("{{RANDOM|Hi|Hello}}", "write {Hi|Hello}"),
        (
            "{{first_name|there}}",
            "for a choice write {a|b} with single braces; for a text to use where there is no value, write | default: \"there\""
        ),
        ("Hi {FIRSTNAME}", "write {{ first_name }}"), ("{% if a = b %}{% endif %}", "compare with \"==\""),
        ("{% if a | size %}{% endif %}", "a condition takes no filters: assign the value first"),
        ("{% if a %}", "close it with {% endif %}"),
        ("{% for i in a limit: 1 reversed %}{% endfor %}", "\"reversed\" comes before limit and offset"),
        ("{% for i in a ofset: 1 %}{% endfor %}", "did you mean \"offset\"?"),
        ("{{ “x” }}", "use straight quotation marks"),
    ])
    func `a finding tells the way on`(template: String, hint: String) {
        #expect(findings(template).first?.hint == hint)
    }

    @Test func `all that is wrong comes at once, and what is behind it is still read`() {
        let found = findings(
            "{{ a | nope }}{% bogus %}{{ b c }}\n{% if x = 1 %}{{ d | nope }}{% endif %}{% endfor %}{% if %}")
        #expect(
            worded(found).hasPrefix(
                "<unknown-filter 1:8+4><unknown-tag 1:18+5><liquid-syntax 1:31+1><liquid-syntax 2:9+1>"
                    + "<unknown-filter 2:22+4><stray-tag 2:43+6>"))
        #expect(found.count == 8)
    }

    @Test func `an unclosed block names its opener, a wrong end the block it stands in`() {
        #expect(findings("\n {% for x in y %}").first?.place?.line == 2)
        let finding = findings("{% if a %}\n{% endfor %}{% endif %}").first
        #expect(finding?.notes.first?.place?.line == 1)
        #expect(finding?.notes.first?.message == "opened here")
    }

    @Test func `unknown variables are found, own ones and known ones are not`() {
        let text = """
            {% assign city = town | default: "x" %}{{ city }}{% for c in companies %}{{ c.name }}{{ forloop.index }}{% endfor %}
            {{ frist_name }}{{ company.industri }}{{ custom.anything }}{{ tags.size }}{{ industry }}{{ sity }}
            """
        let uses = Template.parse(SourceText(file: "t.md", text: text)).uses
        let vocabulary = Vocabulary(
            paths: ["first_name", "company.industry", "companies", "tags", "town"], openNames: ["custom"])
        let found = uses.unknownVariables(vocabulary)
        #expect(
            worded(found)
                == "<unknown-variable 2:4+10><unknown-variable 2:20+16><unknown-variable 2:78+8><unknown-variable 2:92+4>"
        )
        #expect(
            found.map(\.hint) == [
                "did you mean \"first_name\"?", "did you mean \"company.industry\"?",
                "did you mean \"company.industry\"?",
                "did you mean \"city\"?",
            ])
    }

    @Test func `a use knows whether something asks before a blank is seen`() {
        let text = """
            {{ a }}{{ b | default: "x" }}{% if c %}{{ c }}{{ d }}{% endif %}{% unless e %}{{ e }}{% endunless %}
            {% if f or g %}{{ f }}{% endif %}{% if h != blank and i == "x" %}{{ h }}{{ i }}{% endif %}
            """
        let uses = Template.parse(SourceText(file: "t.md", text: text)).uses.variables
        let unguarded = uses.filter { !$0.isGuarded }.map(\.path)
        #expect(unguarded == ["a", "d", "e", "f"])
    }

    @Test func `what a template shows and offers is told`() {
        let uses = Template.parse(
            SourceText(
                file: "t.md",
                text: "{% render 'a' %}{% include b %}{x|y}{% spin tone %}a{% or %}b{% or %}c{% endspin %}")
        ).uses
        #expect(uses.partials.map(\.name) == ["a", nil])
        #expect(uses.spinGroups.map(\.options) == [["x", "y"], ["a", "b", "c"]])
        #expect(uses.spinGroups.map(\.name) == [nil, "tone"])
    }

    @Test func `every code has a summary and a page`() {
        #expect(FindingCode.liquid.allSatisfy { !$0.summary.isEmpty && $0.page.count > 40 })
        #expect(Set(FindingCode.liquid.map(\.name)).count == FindingCode.liquid.count)
    }
}
