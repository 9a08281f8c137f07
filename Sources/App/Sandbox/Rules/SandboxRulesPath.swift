/// What a path of the rules API means.
enum SandboxRulesPath: Equatable {
  /// All groups of a tenant.
  case all
  case namespace(String)
  case group(String, in: String)
  /// A path that Go's router sends back cleaned.
  case moved(to: String)
  /// A path that is no URL's.
  case malformed

  private static let prefixes = ["/api/v1/rules", "/api/prom/rules"]

  /// - Returns: `nil` where the path leads nowhere.
  init?(path: Substring) {
    guard let prefix = Self.prefixes.first(where: { path == $0 || path.hasPrefix("\($0)/") }) else { return nil }
    let cleaned = Self.cleaned(path)
    guard cleaned == path else {
      self = .moved(to: cleaned)
      return
    }
    var names: [String] = []
    for segment in path.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      guard let name = Self.unescaped(segment) else {
        self = .malformed
        return
      }
      names.append(name)
    }
    switch names.count {
    case 0: self = .all
    case _ where names.contains(""): return nil
    case 1: self = .namespace(names[0])
    case 2: self = .group(names[1], in: names[0])
    default: return nil
    }
  }

  /// The methods that are allowed.
  var methods: [String] {
    switch self {
    case .all: ["GET"]
    case .namespace: ["GET", "POST", "DELETE"]
    case .group: ["GET", "DELETE"]
    case .moved, .malformed: []
    }
  }

  /// A path without empty segments, `.` and `..`.
  private static func cleaned(_ path: Substring) -> String {
    var segments: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    let isFolder = path.last == "/" && !segments.isEmpty
    return "/" + segments.joined(separator: "/") + (isFolder ? "/" : "")
  }

  private static func unescaped(_ segment: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = segment.utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let value = UInt8(Substring(digits), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
