import CYAML
import Diagnostics

/// The tree of a YAML file with everything that is wrong with its form.
///
/// The one owner of libyaml. Its events become nodes; what Stoke's files do not use (aliases, anchors, tags, several
/// documents, keys that are no text) is a finding each, and reading goes on behind it.
struct YAMLDocument {
    /// The text as it was parsed; places are made from it.
    let source: SourceText
    /// The tree; `nil` where the file is empty or cannot be read at all.
    let root: Node?
    let findings: [Finding]

    /// How deep lists and mappings may lie in each other.
    static let depthLimit = 32

    init(file: String, bytes: [UInt8]) {
        let screen = YAMLScreen.screen(file: file, bytes: bytes)
        source = screen.source
        guard !screen.source.bytes.isEmpty else {
            root = nil
            findings = screen.findings
            return
        }
        var builder = TreeBuilder(source: screen.source)
        EventStream(screen.source.bytes).feed(&builder)
        root = builder.root
        findings = screen.findings + builder.findings
    }
}

/// What libyaml says about a file, one event after the other.
private final class EventStream {
    private let bytes: [UInt8]
    /// Octet offsets of Unicode scalars; empty where each octet is one.
    private let offsets: [Int]
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let isReady: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offsets = EventStream.scalarOffsets(bytes)
        isReady = yaml_parser_initialize(parser) == 1
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deallocate()
    }

    /// Gives every event to the builder, until the end or what cannot be parsed.
    func feed(_ builder: inout TreeBuilder) {
        guard isReady else { return }
        bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            var event = yaml_event_t()
            while !builder.isDone {
                guard yaml_parser_parse(parser, &event) == 1 else {
                    builder.fail(problem(), at: problemOffset())
                    return
                }
                take(&event, into: &builder)
                yaml_event_delete(&event)
            }
        }
    }

    private func take(_ event: inout yaml_event_t, into builder: inout TreeBuilder) {
        let range = range(event)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: builder.startDocument(range)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            builder.mark(anchor: text(scalar.anchor), tag: text(scalar.tag), range)
            let value = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            builder.scalar(value, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, range)
        case YAML_SEQUENCE_START_EVENT:
            builder.mark(
                anchor: text(event.data.sequence_start.anchor), tag: text(event.data.sequence_start.tag), range)
            builder.open(isMapping: false, range)
        case YAML_MAPPING_START_EVENT:
            builder.mark(anchor: text(event.data.mapping_start.anchor), tag: text(event.data.mapping_start.tag), range)
            builder.open(isMapping: true, range)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: builder.close(range)
        case YAML_ALIAS_EVENT: builder.alias(range)
        case YAML_STREAM_END_EVENT: builder.end()
        default: break
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(decodingCString: UnsafePointer($0), as: UTF8.self) }
    }

    private func range(_ event: yaml_event_t) -> Range<Int> {
        let start = offset(event.start_mark.index)
        return start..<max(start, offset(event.end_mark.index))
    }

    private func problem() -> String {
        guard let problem = parser.pointee.problem else { return "the text is not YAML" }
        return String(cString: problem)
    }

    private func problemOffset() -> Int {
        if parser.pointee.error == YAML_READER_ERROR { return min(parser.pointee.problem_offset, bytes.count) }
        return offset(parser.pointee.problem_mark.index)
    }

    /// The octet offset of a scalar's index, as libyaml counts.
    private func offset(_ index: Int) -> Int {
        if offsets.isEmpty { return min(index, bytes.count) }
        return index < offsets.count ? offsets[index] : bytes.count
    }

    private static func scalarOffsets(_ bytes: [UInt8]) -> [Int] {
        if bytes.allSatisfy({ $0 < 0x80 }) { return [] }
        return bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
    }
}
