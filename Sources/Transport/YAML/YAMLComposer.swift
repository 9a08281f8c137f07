internal import Model

/// Makes documents of the events of a text.
struct YAMLComposer: ~Copyable {
  /// How much there was when a node with an anchor began.
  private struct Opening {
    let anchor: String
    let nodes: Int
    let deepest: Int
    let depth: Int
  }

  private var parser: YAMLParser
  private let limits: YAMLLimits
  private var anchors: [String: YAMLAnchor] = [:]
  /// So many nodes so far, with those that aliases repeat.
  private var nodes = 0
  /// The greatest depth so far; while a node with an anchor is read, the greatest within it.
  private var deepest = 0

  init(_ parser: consuming YAMLParser, limits: YAMLLimits) {
    self.parser = parser
    self.limits = limits
  }

  /// All documents up to the end.
  mutating func documents() throws(DocumentError) -> [DocumentNode] {
    var documents: [DocumentNode] = []
    while case .documentStart = try parser.next() {
      anchors.removeAll()
      documents.append(try node(try parser.next(), depth: 1))
    }
    return documents
  }

  /// The keys of the first document's mapping, with only one value in memory at a time.
  mutating func keys() throws(DocumentError) -> [String] {
    guard case .documentStart = try parser.next() else { return [] }
    switch try parser.next() {
    case .mappingStart:
      var keys: [String] = []
      while let key = try key(depth: 2) {
        keys.append(key.text)
        _ = try node(try parser.next(), depth: 2)
      }
      return keys
    case let event:
      let node = try node(event, depth: 1)
      guard node.isNull else { throw DocumentError("is no mapping", at: node.position) }
      return []
    }
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(DocumentError) -> DocumentNode {
    switch event {
    case .scalar(let scalar):
      return try self.scalar(scalar, depth: depth)
    case .alias(let name, let position):
      return try repeated(name, depth: depth, at: position)
    case .sequenceStart(let anchor, let position):
      let opening = try open(anchor, depth: depth, at: position)
      let node = DocumentNode(.sequence(try items(depth: depth + 1)), at: position)
      close(opening, node)
      return node
    case .mappingStart(let anchor, let position):
      let opening = try open(anchor, depth: depth, at: position)
      let node = DocumentNode(.mapping(try fields(depth: depth + 1)), at: position)
      close(opening, node)
      return node
    case .documentStart, .collectionEnd, .streamEnd:
      preconditionFailure("libyaml's events are out of order")
    }
  }

  private mutating func scalar(_ scalar: YAMLScalar, depth: Int) throws(DocumentError) -> DocumentNode {
    let opening = try open(scalar.anchor, depth: depth, at: scalar.position)
    guard scalar.tag != YAMLTag.binary else { throw DocumentError("binary values are not taken", at: scalar.position) }
    let node = DocumentNode(.scalar(scalar.text, scalar.effectiveStyle), at: scalar.position)
    close(opening, node)
    return node
  }

  private mutating func items(depth: Int) throws(DocumentError) -> [DocumentNode] {
    var items: [DocumentNode] = []
    while true {
      let event = try parser.next()
      if case .collectionEnd = event { return items }
      items.append(try node(event, depth: depth))
    }
  }
}

// MARK: - Mappings

extension YAMLComposer {
  private mutating func fields(depth: Int) throws(DocumentError) -> [DocumentField] {
    var fields: [DocumentField] = []
    var names = FieldNames()
    var merge: (key: YAMLScalar, value: DocumentNode)?
    while let key = try key(depth: depth) {
      let value = try node(try parser.next(), depth: depth)
      guard !key.isMergeKey else {
        if let merge { throw Self.duplicate(key, of: merge.key.position) }
        merge = (key, value)
        continue
      }
      if let index = names.insert(key.text) { throw Self.duplicate(key, of: fields[index].position) }
      fields.append(DocumentField(key.text, value, at: key.position))
    }
    for field in try merge.map({ (merge) throws(DocumentError) in try Self.merged(merge.value) }) ?? []
    where names.insert(field.name) == nil {
      fields.append(field)
    }
    return fields
  }

  /// The next key; `nil` at the end of the mapping.
  private mutating func key(depth: Int) throws(DocumentError) -> YAMLScalar? {
    switch try parser.next() {
    case .collectionEnd:
      return nil
    case .scalar(let scalar):
      _ = try self.scalar(scalar, depth: depth)
      return scalar
    case .alias(let name, let position):
      guard case .scalar(let text, let style) = try repeated(name, depth: depth, at: position).content else {
        throw DocumentError("a key must be a scalar", at: position)
      }
      // Text, for an alias of `<<` merges nothing.
      return YAMLScalar(text: text, style: style, anchor: nil, tag: YAMLTag.text, position: position)
    case .sequenceStart(_, let position), .mappingStart(_, let position):
      throw DocumentError("a key must be a scalar", at: position)
    case .documentStart, .streamEnd:
      preconditionFailure("libyaml's events are out of order")
    }
  }

  /// The fields that a merge brings, those that win first. A name may come several times.
  private static func merged(_ value: DocumentNode) throws(DocumentError) -> [DocumentField] {
    if let fields = value.fields { return fields }
    guard let mappings = value.items?.map(\.fields), !mappings.contains(where: { $0 == nil }) else {
      throw DocumentError("map merge requires map or sequence of maps as the value", at: value.position)
    }
    return mappings.flatMap { $0 ?? [] }
  }

  private static func duplicate(_ key: YAMLScalar, of earlier: SourcePosition?) -> DocumentError {
    DocumentError(
      "mapping key \(key.text.debugDescription) already defined at line \(earlier?.line ?? 0)", at: key.position)
  }
}

// MARK: - Anchors and limits

extension YAMLComposer {
  /// Counts a node that begins. One with an anchor is to be closed.
  private mutating func open(
    _ anchor: String?, depth: Int, at position: SourcePosition
  ) throws(DocumentError) -> Opening? {
    let opening = anchor.map { Opening(anchor: $0, nodes: nodes, deepest: deepest, depth: depth) }
    if let opening {
      anchors[opening.anchor] = .open
      deepest = depth
    }
    try count(1, depth: depth, at: position)
    return opening
  }

  private mutating func close(_ opening: Opening?, _ node: DocumentNode) {
    guard let opening else { return }
    anchors[opening.anchor] = .complete(node, nodes: nodes - opening.nodes, height: deepest - opening.depth)
    deepest = max(deepest, opening.deepest)
  }

  private mutating func repeated(
    _ name: String, depth: Int, at position: SourcePosition
  ) throws(DocumentError) -> DocumentNode {
    switch anchors[name] {
    case nil:
      throw DocumentError("unknown anchor '\(name)' referenced", at: position)
    case .open:
      throw DocumentError("anchor '\(name)' value contains itself", at: position)
    case .complete(let node, let nodes, let height):
      try count(nodes, depth: depth + height, at: position)
      return node
    }
  }

  private mutating func count(_ added: Int, depth: Int, at position: SourcePosition) throws(DocumentError) {
    nodes += added
    deepest = max(deepest, depth)
    guard nodes <= limits.maximumNodes else {
      throw DocumentError("more than \(limits.maximumNodes) nodes, counted with what aliases repeat", at: position)
    }
    guard depth <= limits.maximumDepth else {
      throw DocumentError("nested more than \(limits.maximumDepth) levels deep", at: position)
    }
  }
}
