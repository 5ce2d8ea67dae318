package import Interchange

/// JSON Schemas (2020-12) of the YAML files, made from the same readers that read them: editors complete and check keys.
///
/// A file's first line names its schema: `# yaml-language-server: $schema=Docs/schemas/stoke.schema.json`.
package struct WorkspaceSchema: Sendable {
    /// `stoke.schema.json`.
    package let fileName: String
    /// The schema itself (JSON Schema, draft 2020-12).
    package let schema: JSON

    /// Of `stoke.yaml`, `qualification.yaml` and `sequences/NAME.yaml`.
    package static var all: [WorkspaceSchema] {
        [
            WorkspaceSchema("stoke", "stoke.yaml: who sends, when, how much", SettingsFile.kind),
            WorkspaceSchema("qualification", "qualification.yaml: fit, intent, gates", QualificationFile.kind),
            WorkspaceSchema("sequence", "sequences/NAME.yaml: a sequence of steps", SequenceFile.kind),
        ]
    }

    private init<File>(_ name: String, _ title: String, _ kind: Kind<File>) {
        fileName = "\(name).schema.json"
        var schema: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string(title),
        ]
        for (name, value) in kind.schema().object?.members ?? [] { schema[name] = value }
        schema["$defs"] = ["criteria": CriteriaSchema.criteria, "test": CriteriaSchema.test]
        self.schema = .object(schema)
    }
}

/// The shape of criteria; which facts there are depends on what was imported, so a schema does not know.
enum CriteriaSchema {
    private static let scalar: JSON = ["type": ["string", "number", "boolean"]]
    static let any: JSON = ["type": "array", "minItems": 1, "items": ["$ref": "#/$defs/criteria"]]

    static let criteria: JSON = [
        "type": "object", "minProperties": 1, "properties": ["any": any],
        "additionalProperties": ["$ref": "#/$defs/test"],
    ]

    static let test: JSON = [
        "anyOf": [
            scalar, ["type": "array", "minItems": 1, "items": scalar],
            [
                "type": "object", "minProperties": 1, "additionalProperties": false,
                "properties": [
                    "from": ["type": "number"], "to": ["type": "number"],
                    "words": ["type": "array", "minItems": 1, "items": scalar], "missing": ["type": "boolean"],
                    "not": ["$ref": "#/$defs/test"],
                ],
            ],
        ]
    ]

    /// Criteria with points.
    static let preference: JSON = [
        "type": "object", "required": ["points"],
        "properties": ["any": any, "points": ["type": "integer", "minimum": 1, "maximum": 1000]],
        "additionalProperties": ["$ref": "#/$defs/test"],
    ]
}
