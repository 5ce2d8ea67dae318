import Foundation
import Interchange
import Outreach
import TestKit
import Testing
import Workspace

@Suite struct `A JSON Schema` {
    @Test(arguments: WorkspaceSchema.all.map(\.fileName))
    func `is the one that the readers describe`(_ name: String) throws {
        let schema = try #require(WorkspaceSchema.all.first { $0.fileName == name })
        #expect(Golden.difference("../../Docs/schemas/\(name)", schema.schema.pretty + "\n") == nil)
    }

    /// Python's yaml and jsonschema judge; both are optional, and the test says so where they are missing.
    private static let validator = """
        import json, sys
        try:
            import yaml, jsonschema
        except ImportError as error:
            print("absent:", error)
            sys.exit(0)
        class Loader(yaml.SafeLoader): pass
        # YAML 1.2: dates, NO and off are texts.
        Loader.yaml_implicit_resolvers = {}
        for tag, pattern, first in [("bool", r"^(true|false)$", "tf"), ("int", r"^-?[0-9]+$", "-0123456789"),
                                    ("float", r"^-?[0-9]+\\.[0-9]+$", "-0123456789")]:
            import re
            Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        errors = list(jsonschema.Draft202012Validator(schema).iter_errors(yaml.load(sys.stdin, Loader)))
        print(f"{len(errors)} errors", *[e.json_path + ": " + e.message for e in errors], sep="\\n")
        """

    private func judge(_ schema: String, _ text: [UInt8]) throws -> String {
        let path = SampleWorkspace.root.appending(path: "Docs/schemas/\(schema).schema.json").path
        let output = String(decoding: try ChildProcess.python(Self.validator, [path], input: text), as: UTF8.self)
        if output.hasPrefix("absent") { print("JSON Schemas are not validated, for Python lacks a module: \(output)") }
        return output
    }

    @Test func `takes the sample workspace`() throws {
        for file in try SampleWorkspace.files() where file.path.hasSuffix(".yaml") {
            let schema =
                file.path.hasPrefix("sequences/") ? "sequence" : file.path.replacing(".yaml", with: "")
            let output = try judge(schema, file.bytes)
            #expect(output.hasPrefix("0 errors") || output.hasPrefix("absent"), "\(file.path): \(output)")
        }
    }

    @Test(arguments: [
        ("stoke", "timezone: Europe/Berlin\n"),
        ("stoke", "timezone: UTC\nsender: {company: A, postal_address: B}\npeople: {}\nmailboxes: {}\nhoem: x\n"),
        ("qualification", "gates: {sql: {fit: 60}}\n"),
        ("qualification", "temperature: {warm: {enter: 20}}\n"),
        ("sequence", "audience: any\nmailboxes: [ana]\nsteps: []\nfinish: {none: x}\n"),
        ("sequence", "audience: any\nmailboxes: [ana]\nsteps: [{id: a, emial: x}]\nfinish: {none: x}\n"),
        (
            "sequence",
            "audience: any\nmailboxes: [ana]\nsteps: [{id: a, when: {title: {wrods: [a]}}}]\nfinish: {none: x}\n"
        ),
    ])
    func `refuses what the readers refuse`(_ schema: String, _ text: String) throws {
        let output = try judge(schema, Array(text.utf8))
        #expect(!output.hasPrefix("0 errors"), "\(text)")
    }
}
