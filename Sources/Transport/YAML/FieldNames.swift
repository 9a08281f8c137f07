/// The names in a mapping, to find out whether one is there already.
///
/// Names are the same where their bytes are: `String` itself takes two spellings of one character for equal.
struct FieldNames {
  private struct Name: Hashable {
    let text: String

    static func == (left: Name, right: Name) -> Bool { FieldNames.isSame(left.text, right.text) }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  /// So many names are compared one by one; most mappings have fewer.
  private static let fewNames = 16

  private var few: [String] = []
  private var many: [Name: Int] = [:]

  /// Adds a name.
  ///
  /// - Returns: how many were added before the same name, where it is there already.
  mutating func insert(_ name: String) -> Int? {
    if few.count < Self.fewNames {
      if let index = few.firstIndex(where: { Self.isSame($0, name) }) { return index }
      few.append(name)
      return nil
    }
    if many.isEmpty {
      for (index, name) in few.enumerated() { many[Name(text: name)] = index }
    }
    if let index = many[Name(text: name)] { return index }
    many[Name(text: name)] = many.count
    return nil
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    left == right && left.utf8.elementsEqual(right.utf8)
  }
}
