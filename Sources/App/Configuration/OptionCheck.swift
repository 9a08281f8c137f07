import FoundationEssentials
import Model

/// Checks the values of options. Every complaint names the option and the value.
struct OptionCheck {
  func range(_ range: ClosedRange<Int>, _ value: Int, _ option: String) throws(UsageError) {
    guard range.contains(value) else {
      throw UsageError("--\(option) must be between \(range.lowerBound) and \(range.upperBound), not \(value)")
    }
  }

  func positive(_ value: Int, _ option: String) throws(UsageError) {
    guard value > 0 else { throw UsageError("--\(option) must be above 0, not \(value)") }
  }

  /// At most a day: no timeout here means anything beyond that.
  func seconds(_ value: Double, _ option: String) throws(UsageError) -> Duration {
    guard value > 0, value <= 86400 else {
      throw UsageError("--\(option) must be above 0 and at most 86400, not \(value)")
    }
    return .seconds(value)
  }

  /// A time between two rounds; 0 for none at all.
  func interval(_ value: Double, _ option: String) throws(UsageError) -> Duration? {
    guard value >= 0, value <= 86400 else {
      throw UsageError("--\(option) must be 0 or above, and at most 86400, not \(value)")
    }
    return value == 0 ? nil : .seconds(value)
  }

  /// One of a few words.
  func choice<Value>(_ word: String, _ option: String) throws(UsageError) -> Value
  where Value: RawRepresentable<String> & CaseIterable {
    if let value = Value(rawValue: word) { return value }
    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
    throw UsageError("--\(option) must be one of \(words), not '\(word)'")
  }

  /// A directory that is there.
  func directory(_ path: String, _ option: String) throws(UsageError) {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory else {
      throw UsageError("--\(option) must be a directory, not '\(path)'")
    }
  }

  func url(_ value: String, _ option: String) throws(UsageError) {
    guard let url = URLComponents(string: value), let scheme = url.scheme?.lowercased(),
      ["http", "https"].contains(scheme), url.host?.isEmpty == false
    else {
      throw UsageError("--\(option) must be a full http or https URL, not '\(value)'")
    }
  }

  /// Two options that make sense together only.
  func pair(
    _ first: (value: String?, name: String), _ second: (value: String?, name: String)
  ) throws(UsageError) -> (String, String)? {
    switch (first.value, second.value) {
    case (let one?, let two?): return (one, two)
    case (nil, nil): return nil
    case (_?, nil): throw UsageError("--\(first.name) needs --\(second.name)")
    case (nil, _?): throw UsageError("--\(second.name) needs --\(first.name)")
    }
  }

  /// The items of a comma-separated list, without spaces around them.
  func list(_ value: String) -> [String] {
    value.split(separator: ",").map(Self.trimmed).filter { !$0.isEmpty }
  }

  private static func trimmed(_ item: Substring) -> String {
    let start = item.drop { $0.isWhitespace }
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }

  func tenants(_ value: String, _ option: String) throws(UsageError) -> [TenantID] {
    var tenants: [TenantID] = []
    for name in list(value) { tenants.append(try tenant(name, option)) }
    return tenants
  }

  /// One tenant.
  func tenant(_ name: String, _ option: String) throws(UsageError) -> TenantID {
    do {
      return try TenantID(name)
    } catch {
      throw UsageError("--\(option): \(error)")
    }
  }

  /// Namespaces of Kubernetes, comma-separated; `nil` for all of them, which is `*`.
  func namespaces(_ value: String, _ option: String) throws(UsageError) -> Set<String>? {
    let names = list(value)
    if names == ["*"] { return nil }
    guard !names.isEmpty else { throw UsageError("--\(option) must name a namespace, or be *") }
    for name in names where !Self.isNamespace(name) {
      throw UsageError("--\(option): '\(name)' is no namespace of Kubernetes")
    }
    return Set(names)
  }

  func namespaceTemplate(_ value: String, _ option: String) throws(UsageError) -> NamespaceTemplate {
    do {
      return try NamespaceTemplate(value)
    } catch {
      throw UsageError("--\(option): \(error)")
    }
  }

  /// Which resources count by their labels.
  func selector(_ value: String, _ option: String) throws(UsageError) -> ResourceSelector {
    do {
      return try ResourceSelector(value)
    } catch {
      throw UsageError("--\(option): \(error)")
    }
  }

  /// A label as DNS has it: what namespaces are called.
  private static func isNamespace(_ name: String) -> Bool {
    let isFit = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
      default: false
      }
    }
    return isFit && name.utf8.count <= 63 && !name.hasPrefix("-") && !name.hasSuffix("-")
  }
}
