import CivilTime
import Diagnostics
import Facts
import Liquid
import Testing

struct LanguageTests {
    static let data: Record = [
        "name": .text("maya chen"), "city": .text("Hamburg"), "count": .integer(3), "price": .decimal(12.5),
        "tags": .list([.text("b"), .text("a"), .text("c")]), "no": .bool(false), "empty_text": .text(""),
        "company": .record(["name": .text("Nordlicht"), "people": .list([.record(["age": .integer(40)])])]),
        "people": .list([
            .record(["name": .text("Jo"), "age": .integer(30), "ok": .bool(true)]),
            .record(["name": .text("Al"), "age": .integer(20)]), .record(["name": .text("Bo"), "age": .missing]),
        ]),
    ]

    @Test(arguments: [
        ("{{ name }}", "maya chen"), ("{{ company.name }}", "Nordlicht"), ("{{ company['name'] }}", "Nordlicht"),
        ("{{ company.people[0].age }}", "40"), ("{{ tags[-1] }}", "c"), ("{{ tags.first }}{{ tags.size }}", "b3"),
        ("{{ nothing.at.all }}", ""), ("{{ tags }}", "bac"),
        ("{{ company }}", "{\"name\"=>\"Nordlicht\", \"people\"=>[{\"age\"=>40}]}"),
        ("{{ (1..3) }}", "1..3"), ("{{ 'quo\"te' }}{{ \"it's\" }}", "quo\"teit's"), ("{{ 1.0 }} {{ -2 }}", "1.0 -2"),
        ("{{ self['city'] }}", "Hamburg"), ("{{ nil }}{{ true }}", "true"), ("{{}}", ""),
        ("{{ 123456789012345678901234567890 }}", "123456789012345678901234567890"),
    ])
    func `a value is written as text`(template: String, text: String) {
        #expect(rendered(template, Self.data) == text)
    }

    @Test(arguments: [
        ("{% if count > 2 and name contains 'maya' %}y{% else %}n{% endif %}", "y"),
        ("{% if no %}a{% elsif count == 3.0 %}b{% endif %}", "b"), ("{% unless no %}a{% endunless %}", "a"),
        ("{% if true or false and false %}y{% endif %}", "y"),
        ("{% if false and true or true %}y{% else %}n{% endif %}", "n"),
        ("{% if empty_text == empty and empty_text == blank %}y{% endif %}", "y"),
        ("{% if nothing == blank %}y{% endif %}", "y"), ("{% if tags contains 'a' %}y{% endif %}", "y"),
        ("{% if empty_text %}y{% endif %}", "y"), ("{% if 'a' < 'b' %}y{% endif %}", "y"),
        ("{% case count %}{% when 1, 2 %}few{% when 3 or 4 %}some{% else %}many{% endcase %}", "some"),
        ("{% case count %}{% when 3 %}a{% when 3 %}b{% else %}c{% endcase %}", "ab"),
    ])
    func `a condition chooses`(template: String, text: String) {
        #expect(rendered(template, Self.data) == text)
    }

    @Test(arguments: [
        (
            "{% for t in tags %}{{ forloop.index }}{{ t }}{% unless forloop.last %},{% endunless %}{% endfor %}",
            "1b,2a,3c"
        ),
        ("{% for t in tags reversed limit: 2 offset: 1 %}{{ t }}{% endfor %}", "ca"),
        (
            "{% for i in (1..9) %}{% if i == 3 %}{% continue %}{% endif %}{% if i == 5 %}{% break %}{% endif %}{{ i }}{% endfor %}",
            "124"
        ),
        ("{% for x in nothing %}a{% else %}none{% endfor %}", "none"),
        (
            "{% for i in (1..4) limit: 2 %}{{ i }}{% endfor %}-{% for i in (1..4) offset: continue %}{{ i }}{% endfor %}",
            "12-34"
        ),
        ("{% for p in company %}{{ p[0] }};{% endfor %}", "name;people;"),
        (
            "{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ j }} {% endfor %}{% endfor %}",
            "11 12 21 22 "
        ),
        ("{% for i in (1..3) %}{% cycle 'a', 'b' %}{% endfor %}", "aba"),
        ("{% for i in (1..3) %}{% ifchanged %}{{ no }}{% endifchanged %}{% endfor %}", "false"),
        (
            "{% tablerow t in tags cols: 2 %}{{ t }}{% endtablerow %}",
            "<tr class=\"row1\">\n<td class=\"col1\">b</td><td class=\"col2\">a</td></tr>\n<tr class=\"row2\"><td class=\"col1\">c</td></tr>\n"
        ),
    ])
    func `a loop goes through`(template: String, text: String) {
        #expect(rendered(template, Self.data) == text)
    }

    @Test(arguments: [
        ("{% assign x = name | upcase %}{{ x }}", "MAYA CHEN"),
        ("{% capture x %}<{{ count }}>{% endcapture %}{{ x }}{{ x }}", "<3><3>"),
        ("{% increment n %}{% increment n %}{% decrement n %}{{ n }}", "0111"),
        ("{% liquid\n assign a = 1\n if a == 1\n echo 'one'\n endif\n # note\n%}", "one"),
        ("a{% comment %}{% if %}{{ x }}{% nope %}{% endcomment %}b", "ab"), ("a{% # note\n # more %}b", "ab"),
        ("{% raw %}{{ x }}{% if %}{% endraw %}", "{{ x }}{% if %}"), ("{% doc %}{{ x {% enddoc %}b", "b"),
        ("a \n{%- if true -%} \n b \n{%- endif -%} \n c", "abc"), ("a {{- 'b' -}} c", "abc"),
        ("x{% if true %} \n {% assign a = 1 %} \n {% endif %}y", "xy"), ("{{ 'a' }}-{{ 'b' -}}\n {{ 'c' }}", "a-bc"),
    ])
    func `a tag does its work`(template: String, text: String) {
        #expect(rendered(template, Self.data) == text)
    }

    @Test(arguments: [
        ("{% include 'p' %}", "[maya chen|]"), ("{% render 'p' %}", "[|]"),
        ("{% render 'p', name: 'x', p: 1 %}", "[x|1]"),
        ("{% render 'p' for tags as p %}", "[|b][|a][|c]"), ("{% include 'p' with city %}", "[maya chen|Hamburg]"),
        ("{% include 'p' for tags %}", "[maya chen|b][maya chen|a][maya chen|c]"),
        ("{% include 'set' %}{{ here }}", "yes"), ("{% render 'set' %}{{ here }}", ""),
        ("{% for i in (1..3) %}{{ i }}{% include 'stop' %}{% endfor %}", "1"),
        ("{% for i in (1..3) %}{{ i }}{% render 'stop' %}{% endfor %}", "123"),
    ])
    func `a template shows another`(template: String, text: String) {
        let partials = ["p": "[{{ name }}|{{ p }}]", "set": "{% assign here = 'yes' %}", "stop": "{% break %}"]
        #expect(rendered(template, Self.data, partials: partials) == text)
    }

    @Test func `data is never read as a template`() {
        let data: Record = ["x": .text("{{ 7 | times: 7 }}{% raw %}{a|b}")]
        #expect(
            rendered("{{ x }}{a|{{ x }}}", data, choice: { _ in 1 })
                == "{{ 7 | times: 7 }}{% raw %}{a|b}{{ 7 | times: 7 }}{% raw %}{a|b}")
    }

    @Test func `a template that skips gives its reason`() {
        #expect(rendered("Hi {% if count > 2 %}{% skip 'too many' %}{% endif %}", Self.data) == "<skipped: too many>")
    }

    @Test func `the nearest record is asked first`() throws {
        let template = try #require(Template.parse(.init(file: "t", text: "{{ a }}{{ b }}{{ c }}")).template)
        let data: [Record] = [
            ["a": .text("1"), "b": .missing], ["a": .text("x"), "b": .text("2")], ["c": .text("3")],
        ]
        #expect(try template.render(data, RenderOptions(clock: TemplateClock(now: testNow))) == .text("123"))
    }

    @Test func `a part of a file is read with the places of the file`() throws {
        let text = "---\nsubject: {{ a }}\n---\nHi {{ b | nope }}\n"
        let source = SourceText(file: "t.md", text: text)
        let start = try #require(text.utf8.firstIndex(of: UInt8(ascii: "H"))).utf16Offset(in: text)
        let reading = Template.parse(source, in: start..<text.utf8.count)
        #expect(worded(reading.findings) == "<unknown-filter 4:11+4>")
        #expect(reading.uses.variables.map(\.path) == ["b"])
    }
}
