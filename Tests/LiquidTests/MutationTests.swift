import Diagnostics
import Foundation
import Liquid
import TestKit
import Testing

/// One wrong letter in a name of a realistic template: it is found where it is, and the right name is suggested.
struct MutationTests {
    static let templates = [
        """
        Hi {{ first_name | default: "there" | capitalize }},

        I saw that {{ company.name | strip_company_suffix }} is hiring in {{ city }}.
        {% if company.employees > 500 %}With {{ company.employees | number_with_delimiter }} people you may know this.
        {% elsif company.industry == "software" %}Software teams like yours ask us that.
        {% else %}Small teams ask us that.{% endif %}
        {% for point in points limit: 3 %}- {{ point | strip }}
        {% endfor %}
        Would {{ meeting_date | add_business_days: 2 | date: "%A" }} suit you?
        {{ sender.name }}, {{ sender.title | downcase }}
        """,
        """
        {% assign greeting = "now" | time_of_day %}Good {{ greeting }} {{ last_name | name_case }},
        {% capture pitch %}{% case company.industry %}{% when "health" %}for clinics{% when "retail", "food" %}for
        shops{% else %}for everybody{% endcase %}{% endcapture %}we work {{ pitch | strip_newlines }}.
        {% unless linkedin_url == blank %}I found you at {{ linkedin_url | url_encode }}.{% endunless %}
        {% comment %}ask about {{ company.country }}{% endcomment %}
        {% spin %}Shall we talk?{% or %}Time for a call?{% endspin %} {{ phone | replace: " ", "" | truncate: 20 }}
        {% tablerow row in points cols: 2 %}{{ row | upcase }}{% endtablerow %}
        """,
        """
        {% render "signature", owner: sender.name %}{% include "footer" %}
        {% increment visits %}{% cycle "odd", "even" %}{% if company.country and city %}{{ city | append: ", " }}
        {{ company.country | prepend: "in " }}{% endif %}{% ifchanged %}{{ title | escape }}{% endifchanged %}
        {{ points | sort | reverse | join: ", " }} {{ points | sentence_list }} {{ points | size | plus: 1 }}
        {{ email | domain }} {{ title | first_word | possessive }} {{ company.employees | divided_by: 10 | round }}
        {% liquid
          assign half = company.employees | times: 0.5 | floor
          if half > 10
            echo half
          endif
        %}{% skip "too small" %}
        """,
    ]

    static let vocabulary = Vocabulary(
        paths: [
            "first_name", "last_name", "email", "phone", "city", "title", "linkedin_url", "points", "meeting_date",
            "company.name", "company.employees", "company.industry", "company.country", "sender.name", "sender.title",
        ])

    /// A name in a template, and what kind of name it is.
    struct Name {
        enum Kind { case variable, filter, tag }
        let kind: Kind
        let range: Range<Int>
        let text: String
        /// Where the finding must stand: the whole path of a variable begins before its second part.
        let start: Int
    }

    /// All names in `template`, found by means of their own.
    static func names(_ template: String) -> [Name] {
        let bytes = Array(template.utf8)
        let isComment = template.range(of: "{% comment")?.lowerBound.utf16Offset(in: template) ?? bytes.count
        let commentEnd = template.range(of: "{% endcomment")?.lowerBound.utf16Offset(in: template) ?? bytes.count
        var names: [Name] = []
        let filters = Set(filterNames)
        let tags = Set(tagNames)
        let variables = Set(vocabulary.paths + ["greeting", "pitch", "point", "row", "half"])
        var index = 0
        var quote: UInt8?
        var isInside = false
        while index < bytes.count {
            let pair = String(decoding: bytes[index..<min(index + 2, bytes.count)], as: UTF8.self)
            if pair == "{{" || pair == "{%" { isInside = true }
            if pair == "}}" || pair == "%}" { isInside = false }
            if let open = quote {
                if bytes[index] == open { quote = nil }
                index += 1
                continue
            }
            if isInside, bytes[index] == UInt8(ascii: "\"") { quote = bytes[index] }
            let isOut = !isInside || (index > isComment && index < commentEnd)
            guard !isOut, isLetter(bytes[index]) else {
                index += 1
                continue
            }
            var end = index
            while end < bytes.count, isLetter(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
            let text = String(decoding: bytes[index..<end], as: UTF8.self)
            let before = String(decoding: bytes[max(0, index - 3)..<index], as: UTF8.self)
            let after = String(decoding: bytes[end..<min(bytes.count, end + 2)], as: UTF8.self)
            if before.hasSuffix("| "), filters.contains(text) {
                names.append(Name(kind: .filter, range: index..<end, text: text, start: index))
            } else if before == "{% " || before.hasSuffix("  "), tags.contains(text) {
                names.append(Name(kind: .tag, range: index..<end, text: text, start: index))
            } else if variables.contains(text), !after.hasPrefix(":"), after != " =", !before.hasSuffix("gn "),
                !isBinding(bytes, index)
            {
                names.append(Name(kind: .variable, range: index..<end, text: text, start: index))
            }
            index = end
        }
        return names
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        (0x61...0x7A).contains(octet) || octet == 0x5F
    }

    /// Whether the name at `index` is one that the tag sets.
    private static func isBinding(_ bytes: [UInt8], _ index: Int) -> Bool {
        ["for ", "tablerow ", "capture ", "assign ", "increment "].contains { word in
            index >= word.utf8.count && bytes[(index - word.utf8.count)..<index].elementsEqual(word.utf8)
        }
    }

    static let filterNames = [
        "default", "capitalize", "strip_company_suffix", "number_with_delimiter", "strip", "add_business_days", "date",
        "downcase", "time_of_day", "name_case", "strip_newlines", "url_encode", "replace", "truncate", "upcase",
        "append", "prepend", "escape", "sort", "reverse", "join", "sentence_list", "size", "plus", "domain",
        "first_word", "possessive", "divided_by", "round", "times", "floor",
    ]
    static let tagNames = [
        "if", "elsif", "else", "endif", "for", "endfor", "assign", "capture", "endcapture", "case", "when", "endcase",
        "unless", "endunless", "comment", "endcomment", "spin", "or", "endspin", "tablerow", "endtablerow", "render",
        "include", "increment", "cycle", "ifchanged", "endifchanged", "liquid", "skip", "echo",
    ]

    @Test func `a wrong letter is found in its place, and the right name is suggested`() {
        var random = SeededRandom(seed: 20_260_312)
        var tried = 0
        var misplaced: [String] = []
        var unsuggested: [String] = []
        for template in Self.templates {
            #expect(problems(template).isEmpty, "\(worded(problems(template)))")
            for name in Self.names(template) {
                for _ in 0..<24 {
                    guard let typo = mutated(name, &random) else { continue }
                    tried += 1
                    let found = problems(replacing(template, name.range, typo))
                    let place = SourceText(file: "t.md", text: template).place(name.start..<name.start + 1)
                    let finding = found.first { $0.place?.line == place.line && $0.place?.column == place.column }
                    guard let finding else {
                        misplaced.append("\(name.text) -> \(typo): \(worded(found))")
                        continue
                    }
                    if finding.hint != "did you mean \"\(name.text)\"?" {
                        unsuggested.append("\(name.text) -> \(typo): \(finding.hint ?? "no hint")")
                    }
                }
            }
        }
        let share = Double(tried - unsuggested.count) / Double(tried)
        print("typos: \(tried), misplaced: \(misplaced.count), rightly suggested: \(share)")
        #expect(tried >= 2000)
        #expect(misplaced.isEmpty, "\(misplaced.prefix(20))")
        #expect(share >= 0.95, "\(unsuggested.prefix(60))")
    }

    private func problems(_ text: String) -> [Finding] {
        let reading = Template.parse(SourceText(file: "t.md", text: text))
        return reading.findings.filter { $0.severity == .error } + reading.uses.unknownVariables(Self.vocabulary)
    }

    private func replacing(_ text: String, _ range: Range<Int>, _ typo: String) -> String {
        let bytes = Array(text.utf8)
        return String(
            decoding: bytes[..<range.lowerBound] + Array(typo.utf8) + bytes[range.upperBound...], as: UTF8.self)
    }

    /// The name with one letter dropped, doubled, added, replaced or swapped; `nil` for what is a name as well.
    private func mutated(_ name: Name, _ random: inout SeededRandom) -> String? {
        var letters = Array(name.text)
        let places = letters.indices.filter { letters[$0] != "." }
        guard let place = places.randomElement(using: &random) else { return nil }
        let letter = "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "x"
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where letters.count > 1: letters.remove(at: place)
        case 1: letters.insert(letter, at: place)
        case 2: letters[place] = letter
        default:
            guard place + 1 < letters.count, letters[place + 1] != "." else { return nil }
            letters.swapAt(place, place + 1)
        }
        let typo = String(letters)
        let known =
            name.kind == .filter
            ? Self.filterNames + ["strip", "lstrip", "rstrip"] : name.kind == .tag ? Self.tagNames : []
        // What begins or ends with a dot, or a name that is one as well, is no typo of this kind.
        if typo == name.text || known.contains(typo) || typo.hasPrefix(".") || typo.hasSuffix(".") { return nil }
        if name.kind == .variable, ["point", "row", "half", "or", "and"].contains(typo) { return nil }
        return typo
    }
}
