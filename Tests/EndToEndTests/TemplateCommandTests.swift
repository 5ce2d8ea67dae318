import Foundation
import TestKit
import Testing

@Suite struct `Templates by the built command` {
    private static let start = "2026-03-02T08:00:00Z"

    /// The sample with one person imported and enrolled in `s`, whose only step is the template given.
    private func workspace(_ template: String, people: String = "Jonas,jonas@nordlicht.example,") throws -> Stoke {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke.folder.write("work/templates/t.md", text: template)
        try stoke.folder.write(
            "work/sequences/s.yaml",
            text: "audience: any\nmailboxes: [ana]\nsteps:\n  - {id: one, email: t}\nfinish: {none: done}\n")
        try stoke.folder.write("work/prospects/sample.csv", text: "first_name,email,city\n\(people)\n")
        #expect(try stoke("apply", "--yes").status == 0)
        #expect(try stoke("import", "prospects/sample.csv").status == 0)
        return stoke
    }

    @Test func `all variants lists each text once, and whose is whose`() throws {
        let stoke = try workspace(
            "---\nsubject: {A|B} {{ first_name }}\n---\n{% spin x %}one{% or %}two{% or %}three{% endspin %} {same|same}"
        )
        let output = try stoke("preview", "jonas", "s/one", "--all-variants")
        #expect(output.status == 0, "\(output.errors)")
        #expect(output.text.hasPrefix("t: 6 texts (2 × 3 × 2 by its choices)\n"))
        for (subject, body) in [("A", "one"), ("A", "two"), ("A", "three"), ("B", "one"), ("B", "two"), ("B", "three")]
        {
            let text = "Subject: \(subject) Jonas\n\n\(body) same\n"
            #expect(output.text.components(separatedBy: text).count == 2, "\(text)")
        }
        #expect(output.text.components(separatedBy: "Jonas's").count == 2)
        let own = try stoke("preview", "jonas", "s/one").text
        let number = try #require(output.text.firstMatch(of: #/── (\d) of 6, Jonas's/#)?.output.1)
        let part = try #require(output.text.components(separatedBy: "── \(number) of 6").last)
        let subject = try #require(own.firstMatch(of: #/Subject: (. Jonas)/#)?.output.1)
        #expect(part.contains("Subject: \(subject)"))
        #expect(output.text.split(separator: "\n").allSatisfy { $0.count <= 80 || !$0.hasPrefix("──") })
    }

    @Test func `too many texts to list are shown choice by choice`() throws {
        let stoke = try workspace("---\nsubject: x\n---\n" + String(repeating: "{a|b|c|d} ", count: 8))
        let output = try stoke("preview", "jonas", "s/one", "--all-variants").text
        #expect(
            output.hasPrefix("t: 4 texts (each choice's texts once; in all 65536, 4 × 4 × 4 × 4 × 4 × 4 × 4 × 4)\n"))
        for letter in ["a", "b", "c", "d"] {
            #expect(output.contains(String(repeating: letter + " ", count: 7) + letter))
        }
    }

    @Test func `check says who has each fact, and names the first five who would be held`() throws {
        let people = (1...9).map { "P\($0),p\($0)@x.example,\($0 > 2 ? "" : "Köln")" }.joined(separator: "\n")
        let stoke = try workspace(
            "---\nsubject: x\n---\nHi {{ first_name }} in {{ city }}{{ title | default: '' }}", people: people)
        try stoke("enroll", "s", "--all")
        let output = try stoke("check", "--prospects")
        #expect(output.status == 0, "\(output.errors)")
        #expect(output.text.contains("Facts that the templates speak of, by those who are enrolled\n"))
        #expect(output.text.contains(#/city +2 of 9 +22 % +held +t\.md\n/#))
        #expect(output.text.contains(#/title +0 of 9 +0 % +has a way round +t\.md\n/#))
        #expect(output.text.contains(#/first_name +9 of 9 +100 % +t\.md\n/#))
        #expect(output.text.contains("7 of 9 would be held, the first 5 of them:\n"))
        for number in 3...7 {
            #expect(output.text.contains(try Regex("  P\(number) +s/one +city is missing \\(templates/t\\.md:4:")))
        }
        #expect(!output.text.contains("P8") && !output.text.contains("P2 "))
        let json = try #require(try stoke.json("check", "--prospects") as? [String: Any])
        let templates = try #require(json["templates"] as? [String: Any])
        #expect(templates["held"] as? Int == 7 && (templates["first_held"] as? [Any])?.count == 5)
        let city = (templates["variables"] as? [[String: Any]])?.first
        #expect(city?["name"] as? String == "city" && city?["has"] as? Int == 2 && city?["of"] as? Int == 9)
    }

    @Test func `before anybody is enrolled the list is judged in every sequence`() throws {
        let stoke = try workspace("---\nsubject: x\n---\nHi {{ city }}")
        let output = try stoke("check", "--prospects")
        #expect(output.text.contains("by prospects/sample.csv, in each of 4 sequences"))
        #expect(output.text.contains("1 of 4 would be held, all of them:\n  Jonas  s/one  city is missing"))
    }

    @Test(arguments: [
        "{% render '../secret' %}", "{% render '/etc/passwd' %}", "{% include 'templates/../../secret' %}",
        "{% assign p = '../secret' %}{% include p %}", "{% render 'a/../../secret' %}", "{% include \"linked\" %}",
        "{% include 'linked/passwd' %}", "{% assign p = '/etc/passwd' %}{% include p %}",
    ])
    func `no template reaches out of its folder`(body: String) throws {
        let stoke = try Stoke.sample(now: Self.start)
        try stoke.folder.write("work/secret.md", text: "SECRET")
        let folder = stoke.folder.url.appending(path: "work/templates").path(percentEncoded: false)
        try FileManager.default.createSymbolicLink(atPath: folder + "/linked.md", withDestinationPath: "../secret.md")
        try FileManager.default.createSymbolicLink(atPath: folder + "/linked", withDestinationPath: "/etc")
        try stoke.folder.write("work/templates/t.md", text: "---\nsubject: x\n---\n[\(body)]")
        try stoke.folder.write(
            "work/sequences/s.yaml",
            text: "audience: any\nmailboxes: [ana]\nsteps:\n  - {id: one, email: t}\nfinish: {none: done}\n")
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        let output = try stoke("preview", "jonas", "s/one", "--draft")
        #expect(output.status != 0)
        #expect(
            !output.text.contains("SECRET") && !output.errors.contains("SECRET") && !output.errors.contains("root:"))
        #expect(output.errors.contains("template") || output.errors.contains("link"), "\(output.errors)")
    }
}
