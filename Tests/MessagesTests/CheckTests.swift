import Diagnostics
import Messages
import Outreach
import TestKit
import Testing

@Suite struct `What is found in a template` {
    /// A body with marks, the codes of its findings in order, and what the first of them advises.
    struct Case: CustomTestStringConvertible {
        var marked: String
        var codes: [String]
        var hint: String
        var testDescription: String { marked }
    }

    private static func lint(_ code: String, _ marked: String, _ hint: String) -> Case {
        Case(marked: marked, codes: [code], hint: hint)
    }

    /// What people bring from other tools, and what their readers would see of it.
    static let lints: [Case] = [
        lint("foreign-syntax", "Hi «{first_name}»,", "write {{ first_name }}"),
        lint("foreign-syntax", "Hi «{FIRST_NAME}»,", "write {{ first_name }}"),
        lint("foreign-syntax", "日本 «{FirstName}» 👩‍👩‍👧", "write {{ first_name }}"),
        lint("foreign-syntax", "«{{RANDOM|Hi|Hello there}}» Maya", "write {Hi|Hello there}"),
        lint("foreign-syntax", "«{{ RANDOM | a | b }}» Maya", "write {a|b}"),
        lint(
            "unknown-filter", "{{Hi|«Hello»}} Maya",
            "for a choice write {a|b} with single braces; for a text to use where there is no value, write | default: "
                + "\"Hello\""),
        lint("foreign-syntax", "Bye,\n«%signature%»", "write {{ sender.signature }}"),
        lint("foreign-syntax", "at «%company_name%»", "write {{ company.name }}"),
        lint("foreign-syntax", "at «[[company]]» or so", "write {{ company.name }}"),
        lint("foreign-syntax", "\tHi «*|FNAME|*»", "write {{ first_name }}"),
        lint("foreign-syntax", "in «{contactfield=city}»", "write {{ city }}"),
        lint(
            "unknown-filter", "Hi {{ first_name | «there» }},",
            "for a text to use where there is no value, write | default: \"there\""),
        lint("foreign-syntax", "«{{#if title}}»", "write {% if title %}"),
        lint("spin-same", "{Hi|Hello|«Hi»}", "word it otherwise, or leave it out"),
        lint("spin-same", "«{Hi|}» you", "write what stands there, or leave it out"),
        lint("spin-same", "{% spin %}a{% or %}« a »{% endspin %}", "word it otherwise, or leave it out"),
        lint("spin-options", "«{% spin %}»a{% endspin %}", "put {% or %} between the texts"),
        lint(
            "spin-in-link", "see https://a.example/«{x|y}»/z",
            "keep one address, and put the choice into the words around it"),
        lint(
            "spin-in-link", "see [it](https://a.example/«{x|y}»)",
            "keep one address, and put the choice into the words around it"),
        lint(
            "spin-in-opt-out", "Hi. «{Reply|Answer}» \"unsubscribe\" to stop. {Bye|So long}.",
            "say it in one way, for everybody"),
        lint(
            "spin-in-opt-out", "Hi.\n\n«{% spin %}»[Unsubscribe]({{ unsubscribe_url }}){% or %}stop{% endspin %}",
            "say it in one way, for everybody"),
        lint("raw-value", "{{ first_name | «raw» }}", "leave \"| raw\" out, unless you wrote the value yourself"),
        lint("link-without-text", "[a](https://a.example) [](«https://a.example»)", "write [text](https://a.example)"),
        lint("bad-link", "[a](«javascript:x»)", "use an https: address"),
        lint("bad-link", "[a](https://a.example) [b](«/pricing»)", "use an https: address"),
        lint("bad-link", "Look.\n\nHi, look «[here]()» and [there](https://a.example)", "write [text](https://...)"),
        lint("bad-link", "[a](https://a.example) «[here](<>)»", "write [text](https://...)"),
        lint("bad-link", "Look.\n\n  «See [a](/x\\_y)»\nand so on", "use an https: address"),
        lint("bad-link", "[a][1] and [b](https://b.example)\n\n[1]: «ftp://a.example»", "use an https: address"),
        lint("raw-html", "a «<br>» b", "write Markdown, or make it an .html template"),
        lint("unknown-template", "{% render «'sig'» %}", "did you mean \"sign\"?"),
        lint(
            "unknown-template", "{% include «'../../etc/passwd'» %}", "name a file below templates/ without its ending"),
        lint("unknown-template", "{% render «'/etc/passwd'» %}", "name a file below templates/ without its ending"),
        lint("unknown-variable", "{{ «frist_name» }}", "did you mean \"first_name\"?"),
        lint("unknown-variable", "{{ «custom_colunm» }}", "did you mean \"custom_column\"?"),
        lint("liquid-syntax", "{% assign a «b» = 1 %}", "write {% assign name = value %}"),
    ]

    @Test(arguments: lints)
    func `each lint stands in its place and tells the way on`(lint: Case) {
        let text = MarkedText(lint.marked)
        let found = Bench(["t.md": "---\nsubject: x\n---\n" + text.text, "sign.md": "x"]).library
            .check(columns: ["custom_column"])
        #expect(found.map(\.code.name) == lint.codes)
        let places = found.compactMap(\.place).map {
            MarkedText.Mark(line: $0.line - 3, column: $0.column, length: $0.length)
        }
        #expect(places == text.marks)
        #expect(found.first?.hint == lint.hint)
    }

    @Test(arguments: [
        ("Hi {{ «first_nam» | «captialize» }}", ["unknown-filter", "unknown-variable"]),
        ("Hi {{ «frist_name» }}, {{ title | «nope» }}", ["unknown-filter", "unknown-variable"]),
        ("{% render «'sgn'» %}{{ title | «nope» }}", ["unknown-filter", "unknown-template"]),
        // What follows from the first alone is not told.
        ("«{% assign x ! 1 %}»{{ x }}", ["liquid-syntax"]), ("{% «asign» x = 1 %}{{ x }}", ["unknown-tag"]),
        ("{% for y «of» list %}{{ y.z }}{% endfor %}", ["liquid-syntax"]), ("{{Hi|«Hello»}}", ["unknown-filter"]),
        ("«{%» assign x = 1 }{{ x }}", ["unclosed-tag"]),
    ])
    func `all that is wrong comes at once`(marked: String, codes: [String]) {
        let text = MarkedText(marked)
        let found = Bench(["t.md": "---\nsubject: x\n---\n" + text.text, "sign.md": "x"]).library.check(columns: [])
        #expect(found.map(\.code.name) == codes, "\(found.map(\.message))")
        let places = found.compactMap(\.place).map {
            MarkedText.Mark(line: $0.line - 3, column: $0.column, length: $0.length)
        }
        #expect(places.sorted { $0.column < $1.column } == text.marks)
    }

    @Test(arguments: [
        "Hi {{ first_name }}, {a|b} {% spin x %}a{% or %}b{% endspin %}", "100 % {sure} {not a|b} {} { } |x|",
        "[a](https://a.example/{{ x }}) <https://a.example> <ana@a.example>", "a * b | c [x] [[1]] %20 50%off%",
        "Reply \"unsubscribe\" and you won't hear from us. {Bye|So long}", "https://a.example/%7Buser%7D {a|b}",
    ])
    func `what is meant is not nagged about`(body: String) {
        let bench = Bench(["t.md": "---\nsubject: x\n---\n" + body])
        let found = bench.library.check(columns: ["x"]).filter {
            $0.code.name != "foreign-syntax" || body.contains("{sure}") == false
        }
        #expect(found.map(\.code.name) == [])
    }

    @Test(arguments: [
        ("subjct: x", "unknown-front-matter", 2, 1, "did you mean \"subject\"?"),
        ("subject: a\nsubject: b", "bad-front-matter", 3, 1, "keep one of them"),
        ("just words", "bad-front-matter", 2, 1, "known keys: subject, preheader, optional, spintax"),
        ("subject: {{ frist_name }}", "unknown-variable", 2, 13, "did you mean \"first_name\"?"),
        ("preheader: {Hi|Hi}", "spin-same", 2, 16, "word it otherwise, or leave it out"),
    ])
    func `front matter is judged like the body, at its own lines`(
        head: String, code: String, line: Int, column: Int, hint: String
    ) {
        let found = Bench(["t.md": "---\n\(head)\n---\nHi"]).library.check(columns: [])
        #expect(found.map(\.code.name) == [code])
        #expect(found.first?.place?.line == line && found.first?.place?.column == column)
        #expect(found.first?.hint == hint)
    }

    @Test(arguments: ["Re: your site", "RE: x", "Fwd: x", "AW: x", "re : x", "WG: x", "FW: x"])
    func `the first email of a thread is no answer`(subject: String) throws {
        var bench = Bench(["t.md": "---\nsubject: \(subject)\n---\nHi", "u.md": "Hi"])
        let email = { (id: String, template: String, thread: String?) in
            Step(id: id, kind: .email([.init(arm: "a", template: template)]), thread: thread)
        }
        bench.model.sequences["s"] = Sequence(name: "s", steps: [email("a", "t", nil), email("b", "u", "a")])
        let found = bench.library.check(columns: [])
        #expect(found.map(\.code.name) == ["re-in-first-subject"])
        #expect(found.first?.place?.line == 2 && found.first?.place?.column == 10)
        bench.model.sequences["s"] = Sequence(name: "s", steps: [email("a", "u", nil)])
        #expect(bench.library.check(columns: []).map(\.code.name) == ["missing-subject"])
    }
}
