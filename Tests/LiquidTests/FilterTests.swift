import CivilTime
import Facts
import Liquid
import Testing

struct FilterTests {
    @Test(arguments: [
        ("'hello World' | capitalize", "Hello world"), ("'ÄRGER' | downcase", "ärger"), ("'élan' | capitalize", "Élan"),
        ("' a ' | strip", "a"), ("'a-b-c' | split: '-' | join: '+'", "a+b+c"), ("'abc' | slice: -2, 2", "bc"),
        ("'a b c d' | truncatewords: 2", "a b..."), ("'abcdefgh' | truncate: 5", "ab..."), ("'日本語' | size", "3"),
        ("'a.b.a' | replace: 'a', 'x'", "x.b.x"), ("'a.b.a' | replace_first: 'a', 'x'", "x.b.a"),
        ("'a.b.a' | remove_last: 'a'", "a.b."), ("'x' | append: 'y' | prepend: 'w'", "wxy"),
        ("'a&b <c>' | escape", "a&amp;b &lt;c&gt;"), ("'&amp; &' | escape_once", "&amp; &amp;"),
        ("'<p>a<br/>b</p><script>x</script>' | strip_html", "ab"), ("'a b&c/é' | url_encode", "a+b%26c%2F%C3%A9"),
        ("'a+b%20%C3%A9' | url_decode", "a b é"), ("'häl' | base64_encode", "aMOkbA=="),
        ("'aMOkbA==' | base64_decode", "häl"), ("'???>' | base64_url_safe_encode", "Pz8_Pg=="),
        ("'Pz8_Pg==' | base64_url_safe_decode", "???>"), ("'Pz8_Pg' | base64_url_safe_decode", "???>"),
        ("'Pz8/Pg' | base64_url_safe_decode", "???>"),
    ])
    func `texts are changed`(expression: String, text: String) {
        #expect(rendered("{{ \(expression) }}") == text)
    }

    @Test(arguments: [
        ("0.1 | plus: 0.2", "0.3"), ("10 | divided_by: 3", "3"), ("-7 | divided_by: 2", "-4"), ("-7 | modulo: 3", "2"),
        ("10 | divided_by: 4.0", "2.5"), ("'3.5' | times: 2", "7.0"), ("2.5 | round", "3"), ("-2.5 | round", "-3"),
        ("1.005 | round: 2", "1.01"), ("1.2 | ceil", "2"), ("-1.2 | floor", "-2"), ("'abc' | plus: 1", "1"),
        ("'12abc' | plus: 1", "13"),
        ("-3 | abs", "3"), ("5 | at_least: 7", "7"), ("5 | at_most: 3", "3"),
        ("9223372036854775807 | plus: 1", "9223372036854775808"),
        ("100000000000 | times: 100000000000", "10000000000000000000000"),
        ("100000000000000000000 | size", "9"), ("5 | size", "8"), ("5 | round: 1000", "5"), ("15 | round: -1", "20"),
        ("15 | round: -5000", "0"), ("1.25 | round: 99999", "1.25"),
        ("1 | divided_by: 3.0", "0.3333333333333333"), ("0.00001 | times: 1", "1.0e-05"),
    ])
    func `numbers are exact`(expression: String, text: String) {
        #expect(rendered("{{ \(expression) }}") == text)
    }

    @Test(arguments: [
        ("tags | sort | join", "A b c"), ("tags | sort_natural | reverse | join: ''", "cbA"), ("tags | first", "b"),
        ("people | map: 'name' | join: ','", "Jo,Al,Bo"), ("people | where: 'ok' | map: 'name' | join", "Jo"),
        ("people | where: 'age', 20 | map: 'name' | join", "Al"), ("people | reject: 'ok' | size", "2"),
        ("people | find: 'age', 20 | map: 'name' | first", "Al"), ("people | find_index: 'name', 'Bo'", "2"),
        ("people | has: 'age', 99", "false"), ("people | sum: 'age'", "50"),
        ("people | sort: 'age' | map: 'name' | join", "Al Jo Bo"),
        ("people | map: 'age' | compact | join", "30 20"), ("tags | concat: tags | uniq | size", "3"),
        ("(1..4) | sum", "10"),
        ("nothing | default: 'x'", "x"), ("'' | default: 'x'", "x"),
        ("false | default: 'x', allow_false: true", "false"),
    ])
    func `lists are worked on`(expression: String, text: String) {
        let data: Record = [
            "tags": .list([.text("b"), .text("A"), .text("c")]),
            "people": .list([
                .record(["name": .text("Jo"), "age": .integer(30), "ok": .bool(true)]),
                .record(["name": .text("Al"), "age": .integer(20)]), .record(["name": .text("Bo"), "age": .missing]),
            ]),
        ]
        #expect(rendered("{{ \(expression) }}", data) == text)
    }

    @Test(arguments: [
        ("'Maya  Chen' | first_word", "Maya"), ("'' | first_word", ""),
        ("'JOHN O\u{2019}NEIL-SMITH' | name_case", "John O\u{2019}Neil-Smith"),
        ("'ludwig van beethoven' | name_case", "Ludwig van Beethoven"), ("'mcdonald' | name_case", "McDonald"),
        ("'henry ford ii' | name_case", "Henry Ford II"),
        ("'DeShawn van der Berg' | name_case", "DeShawn van der Berg"),
        ("'Maya' | possessive", "Maya's"), ("'James' | possessive", "James'"),
        ("'Nordlicht GmbH & Co. KG' | strip_company_suffix", "Nordlicht"),
        ("'Acme, Inc.' | strip_company_suffix", "Acme"), ("'Widget Sp. z o.o.' | strip_company_suffix", "Widget"),
        ("'Fathom' | strip_company_suffix", "Fathom"), ("'Limited' | strip_company_suffix", "Limited"),
        ("'Standard Oil Company' | strip_company_suffix", "Standard Oil"),
        ("'Ana <ana@Mail.Acme.example>' | domain", "mail.acme.example"),
        ("'https://www.acme.example:8080/about?x=1' | domain", "acme.example"), ("1 | ordinal", "1st"),
        ("112 | ordinal", "112th"),
        ("23 | ordinal", "23rd"), ("1234567.5 | number_with_delimiter", "1,234,567.5"),
        ("-1234 | number_with_delimiter: '.'", "-1.234"),
        ("999 | number_with_delimiter", "999"), ("1 | pluralize: 'seat'", "seat"), ("2 | pluralize: 'seat'", "seats"),
        ("0 | pluralize: 'person', 'people'", "people"), ("'a,b , c' | sentence_list", "a, b and c"),
        ("'a' | sentence_list", "a"),
        ("'a;b' | sentence_list: 'or'", "a or b"),
    ])
    func `what is written to people reads well`(expression: String, text: String) {
        #expect(rendered("{{ \(expression) }}") == text)
    }

    @Test(arguments: [
        "plus", "append: 1, 2", "upcase: 1", "divided_by: 0", "slice: 'x'", "base64_decode: 1", "date",
        "sort: 'a', 'b'",
    ])
    func `a filter with the wrong arguments fails at its name`(call: String) {
        let name = call.prefix { $0 != ":" }
        let text = rendered("{{ 5 | \(call) }}", dialect: .reference(.strict2))
        #expect(text == "<render-error 1:8+\(name.count)>")
    }
}
