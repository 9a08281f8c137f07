/// One of the media ranges of an `Accept` field.
///
/// Source: RFC 9110, 12.5.1.
struct AcceptRange {
  /// The least specificity of a range that names the media type.
  static let namedSpecificity = 3

  /// The type, in lower case, or `*`.
  let type: String
  /// The subtype, in lower case, or `*`.
  let subtype: String
  /// The parameter `version`.
  let version: String?
  /// How much the sender wants it, 0 to 1. What cannot be read counts as 1, as if it were not there.
  let quality: Double

  /// Reads one range, such as `text/plain;version=0.0.4;q=0.5`. What makes no sense matches nothing.
  init(_ text: Substring) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
    let type = parts[0].lowercased().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    self.type = String(type[0])
    subtype = type.count > 1 ? String(type[1]) : ""
    version = Self.parameter("version", parts.dropFirst())
    let quality = Self.parameter("q", parts.dropFirst()).flatMap(Double.init)
    self.quality = quality.flatMap { 0...1 ~= $0 ? $0 : nil } ?? 1
  }

  /// How exactly this range describes a media type: 4 with its version, 3 without one, 2 for its type, 1 for
  /// everything; `nil` where it does not cover it.
  func specificity(for type: String, _ subtype: String, versions: [String]) -> Int? {
    if self.type == "*" { return self.subtype == "*" ? 1 : nil }
    guard self.type == type else { return nil }
    if self.subtype == "*" { return 2 }
    guard self.subtype == subtype else { return nil }
    guard let version else { return Self.namedSpecificity }
    return versions.contains(version) ? Self.namedSpecificity + 1 : nil
  }

  private static func parameter(_ name: String, _ parts: ArraySlice<Substring>) -> String? {
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1).map(trimmed)
      guard pair.count == 2, pair[0].lowercased() == name else { continue }
      return pair[1].filter { $0 != "\"" }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " || $0 == "\t" }
    let blanks = start.reversed().prefix { $0 == " " || $0 == "\t" }.count
    return start.dropLast(blanks)
  }
}
