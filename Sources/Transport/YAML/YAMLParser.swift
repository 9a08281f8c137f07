internal import CYaml
internal import Model

/// libyaml's parser over bytes in memory.
struct YAMLParser: ~Copyable {
  // libyaml keeps pointers into the structure itself, which therefore must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>
  private var columns: ByteColumns

  /// - Parameter bytes: must stay until the parser is gone.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    columns = ByteColumns(bytes)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    precondition(yaml_parser_initialize(parser) == 1, "libyaml has no memory for a parser")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deinitialize(count: 1)
    parser.deallocate()
  }

  /// The next event that means something.
  mutating func next() throws(DocumentError) -> YAMLEvent {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
      defer { yaml_event_delete(&event) }
      if let translated = translated(event) { return translated }
    }
  }

  /// The end of a document says nothing that the beginning of the next would not.
  private mutating func translated(_ event: yaml_event_t) -> YAMLEvent? {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      .documentStart
    case YAML_SCALAR_EVENT:
      .scalar(scalar(event))
    case YAML_ALIAS_EVENT:
      .alias(Self.text(event.data.alias.anchor) ?? "", at: columns.position(of: event.start_mark))
    case YAML_SEQUENCE_START_EVENT:
      .sequenceStart(
        anchor: Self.text(event.data.sequence_start.anchor), at: columns.position(of: event.start_mark))
    case YAML_MAPPING_START_EVENT:
      .mappingStart(anchor: Self.text(event.data.mapping_start.anchor), at: columns.position(of: event.start_mark))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      .collectionEnd
    // After its end the stream gives events of no kind.
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT:
      .streamEnd
    default:
      nil
    }
  }

  private mutating func scalar(_ event: yaml_event_t) -> YAMLScalar {
    let scalar = event.data.scalar
    return YAMLScalar(
      text: String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
      style: Self.style(scalar.style), anchor: Self.text(scalar.anchor), tag: Self.text(scalar.tag),
      position: columns.position(of: event.start_mark))
  }

  private static func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    characters.map { String(cString: $0) }
  }

  private static func style(_ style: yaml_scalar_style_t) -> ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private func failure() -> DocumentError {
    let state = parser.pointee
    precondition(state.error != YAML_MEMORY_ERROR, "libyaml has no memory")
    let problem = state.problem.map { String(cString: $0) } ?? "no YAML"
    var columns = ByteColumns(bytes)
    guard state.error != YAML_READER_ERROR else {
      return DocumentError(problem, at: columns.position(ofByte: state.problem_offset))
    }
    return DocumentError(
      problem + Self.context(of: state), at: columns.position(of: state.problem_mark))
  }

  /// What was being read, where that began on another line than the one with the problem.
  private static func context(of state: yaml_parser_t) -> String {
    guard let context = state.context, state.context_mark.line != state.problem_mark.line else { return "" }
    return " \(String(cString: context)) that begins at line \(state.context_mark.line + 1)"
  }
}
