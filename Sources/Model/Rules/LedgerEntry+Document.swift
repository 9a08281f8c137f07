/// An entry in a ledger's text. The names are short, for there are many; what is as usual is left out.
extension LedgerEntry {
  /// - Returns: `nil` where something is missing or cannot be read.
  init?(document: DocumentNode) {
    guard let kubernetesHash = document["k"]?.text.flatMap({ ContentHash(text: $0) }),
      let agreed = document["t"]?.text.flatMap({ Int64($0) })
    else { return nil }
    var rulerHash = kubernetesHash
    if let other = document["r"] {
      guard let hash = other.text.flatMap({ ContentHash(text: $0) }) else { return nil }
      rulerHash = hash
    }
    guard let origin = Self.read(document["o"], else: Origin.kubernetes),
      let state = Self.read(document["s"], else: State.agreed)
    else { return nil }
    let writes = (document["w"]?.items ?? []).compactMap { $0.text.flatMap { Int64($0) } }
    self.init(
      kubernetesHash: kubernetesHash, rulerHash: rulerHash, origin: origin, state: state,
      uid: document["u"]?.text ?? "",
      sighting: document["n"]?.text.map { Sighting(namespace: $0, selector: document["l"]?.text ?? "") },
      agreed: agreed, writes: writes.suffix(Self.maximumWrites), lost: document["lost"]?.text)
  }

  private static func read<Word: RawRepresentable<String>>(_ node: DocumentNode?, else usual: Word) -> Word? {
    guard let node else { return usual }
    return node.text.flatMap { Word(rawValue: $0) }
  }

  var document: DocumentNode {
    var fields = [DocumentField("k", .text(kubernetesHash.text))]
    if rulerHash != kubernetesHash { fields.append(DocumentField("r", .text(rulerHash.text))) }
    if origin != .kubernetes { fields.append(DocumentField("o", .text(origin.rawValue))) }
    if state != .agreed { fields.append(DocumentField("s", .text(state.rawValue))) }
    fields.append("u", ifNotEmpty: uid)
    if let sighting {
      fields.append(DocumentField("n", .text(sighting.namespace)))
      fields.append("l", ifNotEmpty: sighting.selector)
    }
    fields.append(DocumentField("t", .number(agreed)))
    if !writes.isEmpty { fields.append(DocumentField("w", .items(writes.map { .number($0) }))) }
    if let lost { fields.append(DocumentField("lost", .text(lost))) }
    return .fields(fields)
  }
}
