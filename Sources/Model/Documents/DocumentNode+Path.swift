extension DocumentNode {
  /// A place in a document: a value, and the name that it stands under.
  package struct Place: Sendable {
    package var node: DocumentNode
    /// Where the name stands, or the value where it has none.
    package var position: SourcePosition?
  }

  /// The place that a path such as `spec.groups[1].rules[0].labels.severity` names; where it leads out of the document,
  /// the last place on the way.
  package func place(at path: String) -> Place {
    var place = Place(node: self, position: position)
    var rest = path[...]
    while let (next, remaining) = Self.step(from: place.node, along: rest) {
      place = next
      rest = remaining
    }
    return place
  }

  private static func step(from node: DocumentNode, along path: Substring) -> (Place, Substring)? {
    if path.hasPrefix("["), let end = path.firstIndex(of: "]"), let items = node.items,
      let index = Int(path[path.index(after: path.startIndex)..<end]), items.indices.contains(index)
    {
      let item = items[index]
      return (Place(node: item, position: item.position), path[path.index(after: end)...])
    }
    let path = path.hasPrefix(".") ? path.dropFirst() : path
    // A name may have dots in it: the longest that fits is the one that is meant.
    let field = node.fields?.filter { fits($0.name, path) }.max { $0.name.utf8.count < $1.name.utf8.count }
    guard let field else { return nil }
    return (
      Place(node: field.value, position: field.position ?? field.value.position), path.dropFirst(field.name.count)
    )
  }

  private static func fits(_ name: String, _ path: Substring) -> Bool {
    guard !name.isEmpty, path.hasPrefix(name) else { return false }
    let rest = path.dropFirst(name.count)
    return rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix("[")
  }
}
