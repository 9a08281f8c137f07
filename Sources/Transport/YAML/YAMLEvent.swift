internal import Model

/// What a YAML text consists of, as it comes.
enum YAMLEvent {
  case documentStart
  case scalar(YAMLScalar)
  case alias(String, at: SourcePosition)
  case sequenceStart(anchor: String?, at: SourcePosition)
  case mappingStart(anchor: String?, at: SourcePosition)
  /// The end of a sequence or a mapping.
  case collectionEnd
  case streamEnd
}
