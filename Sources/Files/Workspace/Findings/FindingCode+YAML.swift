package import Diagnostics

// The form of YAML files.
extension FindingCode {
    /// A file is too large.
    package static let fileTooLarge = FindingCode(
        "file-too-large", summary: "a file is too large",
        page: """
            A file of the workspace may have a million octets. A larger one is most likely a list
            that belongs into `prospects/` as CSV.
            """)

    /// The text is not UTF-8.
    package static let yamlEncoding = FindingCode(
        "yaml-encoding", summary: "the text is not UTF-8",
        page: """
            Files are UTF-8, with or without a byte order mark. Save the file as UTF-8 in your
            editor, or run `iconv -f WINDOWS-1252 -t UTF-8 in > out`. The rest of the file is
            read, so that its other findings are shown, too.
            """)

    /// There is a tab in a YAML file.
    package static let yamlTab = FindingCode(
        "yaml-tab", summary: "there is a tab in a YAML file",
        page: """
            Tabs look like spaces and mean something else in every editor, so YAML forbids them as
            indentation and Stoke everywhere in its YAML files. Indent with spaces; in a quoted
            text write `\\t`.
            """)

    /// There is a control character in a YAML file.
    package static let yamlControl = FindingCode(
        "yaml-control", summary: "there is a control character in a YAML file",
        page: """
            A control character cannot be seen, and it could reach a terminal or a mail. Remove
            it.
            """)

    /// The text is not YAML.
    package static let yamlSyntax = FindingCode(
        "yaml-syntax", summary: "the text is not YAML",
        page: """
            The parser could not go on at the place shown. Common causes: a missing quote or
            bracket, a text with `: ` or ` #` in it that needs quotes, or indentation that does
            not line up.
            """)

    /// There is an anchor or an alias.
    package static let yamlAlias = FindingCode(
        "yaml-alias", summary: "there is an anchor or an alias",
        page: """
            `&name` and `*name` copy parts of a file to where nobody sees them, and a short file
            can grow without limit by them. Write the value out where it is needed.
            """)

    /// There is a tag.
    package static let yamlTag = FindingCode(
        "yaml-tag", summary: "there is a tag",
        page: """
            `!!str` and other tags change what a value is. Each key of Stoke's files knows its own
            type, so tags are not needed. Remove it.
            """)

    /// There is a second document in one file.
    package static let yamlDocuments = FindingCode(
        "yaml-documents", summary: "there is a second document in one file",
        page: """
            A file holds one document. What follows a `---` or `...` is not read; move it to a
            file of its own.
            """)

    /// A key is no text.
    package static let yamlKey = FindingCode(
        "yaml-key", summary: "a key is no text",
        page: """
            A key is a name. Lists, mappings and nothing cannot be one; quote the key if it begins
            with `?`, `[` or `{`.
            """)

    /// Lists and mappings lie too deep in each other.
    package static let yamlDepth = FindingCode(
        "yaml-depth", summary: "lists and mappings lie too deep in each other",
        page: """
            More than 32 levels are no file that a person wrote. What lies deeper is not read.
            """)

    /// A key stands twice in a mapping.
    package static let duplicateKey = FindingCode(
        "duplicate-key", summary: "a key stands twice in a mapping",
        page: """
            Only one of two values can hold, and readers of YAML do not agree on which. Keep one;
            the first is the one that is checked further.
            """)

    static let workspaceYAML: [FindingCode] = [
        .fileTooLarge, .yamlEncoding, .yamlTab, .yamlControl, .yamlSyntax, .yamlAlias, .yamlTag,
        .yamlDocuments, .yamlKey, .yamlDepth, .duplicateKey,
    ]
}
