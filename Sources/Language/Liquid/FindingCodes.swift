package import Diagnostics

extension FindingCode {
    /// Markup that breaks the grammar.
    package static let liquidSyntax = FindingCode(
        "liquid-syntax", summary: "the inside of a tag or an output can't be read",
        page: """
            Something between `{{` and `}}`, or between `{%` and `%}`, is not Liquid: a stray character, a missing
            comma or value, a text whose quotation mark is never closed. The caret shows the first octet that does
            not fit. Stoke reads the strict grammar of Shopify/liquid ("strict2"): what it refuses, older
            implementations often skipped silently.
            """)
    /// `{{` or `{%` without its end.
    package static let unclosedTag = FindingCode(
        "unclosed-tag", summary: "an output or a tag has no end",
        page: """
            An output begins with `{{` and ends with `}}`, a tag begins with `{%` and ends with `%}`. To write the
            braces themselves, put them between `{% raw %}` and `{% endraw %}`.
            """)
    /// A block without its end tag.
    package static let unclosedBlock = FindingCode(
        "unclosed-block", summary: "a block is never closed",
        page:
            "Tags such as `if`, `for` and `capture` go on up to `endif`, `endfor`, `endcapture`. The place is that of the opener."
    )
    /// An end, or a part of a block, at the wrong place.
    package static let strayTag = FindingCode(
        "stray-tag", summary: "a tag stands where it belongs to nothing",
        page: """
            `else`, `elsif`, `when`, `or` and the `end...` tags belong to the block that is open around them. Here
            none is, or another one: often an end tag is missing before it, or is there twice.
            """)
    /// A tag nobody knows.
    package static let unknownTag = FindingCode(
        "unknown-tag", summary: "there is no such tag",
        page: """
            The tags are assign, break, capture, case, comment, continue, cycle, decrement, doc, echo, for, if,
            ifchanged, include, increment, liquid, raw, render, tablerow and unless of the standard, and skip and
            spin of Stoke.
            """)
    /// A filter nobody knows.
    package static let unknownFilter = FindingCode(
        "unknown-filter", summary: "there is no such filter",
        page: """
            Other implementations give back the value unchanged for a filter they do not know, and so hide the
            mistake. For a text to use where there is no value, write `{{ first_name | default: "there" }}`.
            """)
    /// A filter with too few or too many arguments.
    package static let filterArguments = FindingCode(
        "filter-arguments", summary: "a filter has too few or too many arguments",
        page: "The filter would fail for everybody when the template is rendered. The hint tells how many it takes.")
    /// A variable nobody knows.
    package static let unknownVariable = FindingCode(
        "unknown-variable", summary: "there is no such variable",
        page: """
            A template may use the fields of a person, the columns that were imported, and what it sets itself.
            This name is none of those, so it would never have a value, for anybody.
            """)
    /// A variable that has no value for one person.
    package static let missingValue = FindingCode(
        "missing-value", summary: "a variable has no value for this person",
        page: """
            Stoke never sends a blank. Give a text for those who have no value, `{{ company | default: "your
            company" }}`, ask for it first with `{% if company %}`, or list the name under `optional:`.
            """)
    /// A template that is not there, or must not be read.
    package static let unknownPartial = FindingCode(
        "unknown-template", summary: "there is no such template to include",
        page: """
            `render` and `include` take the name of a file in the folder `templates`, without its ending. Names with
            `..`, absolute paths and links that lead out of the folder are refused.
            """)
    /// A filter, a tag or a comparison that fails on its values.
    package static let renderError = FindingCode(
        "render-error", summary: "the template fails on its values",
        page:
            "A filter, a comparison or a tag met values it can't work with: a division by zero, a text compared with a number."
    )
    /// Blocks or templates inside one another, too deep.
    package static let nesting = FindingCode(
        "nesting", summary: "blocks, brackets or templates are nested too deeply",
        page:
            "At most 100 may stand inside one another. A template that includes itself without an end is found here, too."
    )
    /// A template that takes too long or writes too much.
    package static let renderLimit = FindingCode(
        "render-limit", summary: "the template goes beyond a limit",
        page:
            "A message of a reasonable size stays far below the limits on steps and on the length of the output. Look for a loop over too many things."
    )
    /// A choice that is none.
    package static let spinOptions = FindingCode(
        "spin-options", summary: "a choice of texts does not work",
        page: """
            `{% spin %}a{% or %}b{% endspin %}` needs at least two texts, and blocks of one name need equally many.
            """)
    /// Texts of a choice that are the same, or empty.
    package static let spinSame = FindingCode(
        "spin-same", .warning, summary: "texts of a choice are the same, or empty",
        page:
            "Two equal texts make one of them likelier than meant; an empty one leaves a gap unless that is what you want."
    )
    /// A choice inside a link.
    package static let spinInLink = FindingCode(
        "spin-in-link", .warning, summary: "a choice stands inside a link",
        page:
            "Different addresses behind one link are what filters look for in unwanted mail, and can't be checked one by one."
    )
    /// The placeholder syntax of another tool.
    package static let foreignSyntax = FindingCode(
        "foreign-syntax", .warning, summary: "this looks like a placeholder of another tool",
        page: """
            `{first_name}`, `[[first_name]]`, `*|FNAME|*`, `%signature%` and `{{RANDOM|a|b}}` mean something to other
            programs. Here they would be sent as they stand. Write `{{ first_name }}`, and `{a|b}` or
            `{% spin %}` for a choice.
            """)
    /// A value that is not escaped.
    package static let rawValue = FindingCode(
        "raw-value", .warning, summary: "a value is written without escaping",
        page:
            "`raw` lets a value's own markup through: whoever writes the value writes your message. Use it for your own facts only."
    )

    /// The codes of this target, for the reference.
    package static let liquid: [FindingCode] = [
        .liquidSyntax, .unclosedTag, .unclosedBlock, .strayTag, .unknownTag, .unknownFilter, .filterArguments,
        .unknownVariable, .missingValue, .unknownPartial, .renderError, .nesting, .renderLimit, .spinOptions,
        .spinSame, .spinInLink, .foreignSyntax, .rawValue,
    ]
}
