import CivilTime
import Diagnostics
import Facts
import Foundation
import Liquid
import Testing

/// The public suites, where they are beside the project: each case that must be refused is, with a place in its source.
struct PublicSuiteTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/suites/liquid").standardizedFileURL

    @Test(arguments: ["golden-visible.json", "spec-visible.json"])
    func `every case to refuse is refused at a place in its source`(name: String) throws {
        guard let data = try? Data(contentsOf: Self.folder.appending(path: name)) else {
            return print("The public suite ../shared/suites/liquid/\(name) is absent: nothing was measured.")
        }
        let suite = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let cases = try #require(suite["tests"] as? [[String: Any]]).filter { $0["invalid"] as? Bool ?? false }
        for example in cases {
            let text = try #require(example["template"] as? String)
            let partials = example["templates"] as? [String: String] ?? [:]
            let tags = example["tags"] as? [String] ?? []
            let dialect = Dialect.reference(
                tags.contains("strict") ? .strict : tags.contains("strict2") ? .strict2 : .lax)
            let facts = Self.value(example["data"] ?? [:])
            let found = Self.found(text, facts, partials, dialect)
            let name = example["name"] as? String ?? ""
            #expect(!found.isEmpty, "\(name) was not refused")
            for finding in found {
                let place = finding.place
                let source = place.flatMap { partials[$0.file] } ?? text
                #expect(place.map { isInside($0, SourceText(file: "", text: source)) } ?? false, "\(name)")
            }
        }
        print("\(name): \(cases.count) cases refused")
    }

    private static func found(
        _ text: String, _ data: Value, _ partials: [String: String], _ dialect: Dialect
    ) -> [Finding] {
        let reading = Template.parse(SourceText(file: "t", text: text), dialect: dialect)
        guard let template = reading.template else { return reading.findings }
        let templates = partials.reduce(into: [String: Template]()) { templates, partial in
            let source = SourceText(file: partial.key, text: partial.value)
            templates[partial.key] = Template.parse(source, dialect: dialect).template
        }
        let options = RenderOptions(
            clock: TemplateClock(now: Instant(0)), undefined: .blank, partial: { templates[$0] })
        do {
            var record = Record()
            if case .record(let data) = data { record = data }
            _ = try template.render([record], options)
            return []
        } catch {
            return [error.finding]
        }
    }

    private static func value(_ json: Any) -> Value {
        switch json {
        case let text as String: .text(text)
        case let list as [Any]: .list(list.map(value))
        case let object as [String: Any]:
            .record(object.reduce(into: Record()) { $0[$1.key] = value($1.value) })
        case let number as NSNumber:
            String(cString: number.objCType) == "d" ? .decimal(number.doubleValue) : .integer(number.intValue)
        default: .missing
        }
    }
}
