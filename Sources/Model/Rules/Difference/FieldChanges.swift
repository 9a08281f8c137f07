/// Collects the fields in which two groups or two rules differ, in their canonical form.
struct FieldChanges {
  private(set) var changes: [FieldChange] = []

  /// Compares a text; empty is the same as not given.
  mutating func compare(_ name: String, _ before: String, _ after: String) {
    guard !before.utf8.elementsEqual(after.utf8) else { return }
    append(name, before.isEmpty ? nil : before, after.isEmpty ? nil : after)
  }

  /// Compares what is written in several ways: only where the canonical forms differ is it a change.
  mutating func compare(
    _ name: String, _ before: String, _ after: String, by append: (inout CanonicalBytes, String) -> Void
  ) {
    func canonical(_ text: String) -> [UInt8] {
      var bytes = CanonicalBytes()
      append(&bytes, text)
      return bytes.bytes
    }
    if canonical(before) != canonical(after) { compare(name, before, after) }
  }

  mutating func compare(duration name: String, _ before: String, _ after: String) {
    compare(name, before, after) { $0.append(name, duration: $1) }
  }

  mutating func compare(_ name: String, _ before: [String: String], _ after: [String: String]) {
    for key in Set(before.keys).union(after.keys).sorted() {
      // By bytes, as everywhere: Unicode calls texts equal that are not.
      guard before[key].map({ Array($0.utf8) }) != after[key].map({ Array($0.utf8) }) else { continue }
      append("\(name).\(key)", before[key], after[key])
    }
  }

  /// Compares fields that this program does not know.
  mutating func compare(_ before: [DocumentField], _ after: [DocumentField]) {
    let names = Set((before + after).map(\.name))
    for name in names.sorted() {
      let old = before.first { $0.name == name }
      let new = after.first { $0.name == name }
      func canonical(_ field: DocumentField?) -> [UInt8] {
        var bytes = CanonicalBytes()
        if let field { bytes.append([field]) }
        return bytes.bytes
      }
      guard canonical(old) != canonical(new) else { continue }
      append(name, old.map { JSONWriter.text(of: $0.value) }, new.map { JSONWriter.text(of: $0.value) })
    }
  }

  private mutating func append(_ name: String, _ before: String?, _ after: String?) {
    changes.append(FieldChange(name: name, before: before, after: after))
  }
}
