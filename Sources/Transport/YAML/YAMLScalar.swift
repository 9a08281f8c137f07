internal import Model

/// A scalar with what is written before it.
struct YAMLScalar {
  /// Without quotes, escapes and indentation.
  let text: String
  let style: ScalarStyle
  let anchor: String?
  /// In full, such as `tag:yaml.org,2002:str`.
  let tag: String?
  let position: SourcePosition

  /// Whether it is a key that has other mappings merged in.
  var isMergeKey: Bool {
    text == "<<" && style == .plain && (tag == nil || tag == "!" || tag == YAMLTag.merge)
  }

  /// The style, by which a plain scalar that is declared to be text is told from one that may be a number.
  var effectiveStyle: ScalarStyle {
    style == .plain && tag == YAMLTag.text ? .doubleQuoted : style
  }
}
