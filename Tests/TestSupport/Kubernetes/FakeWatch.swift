import Model

/// Somebody who watches the objects of a ``FakeKubernetes``.
struct FakeWatch {
  let kind: FakeKind
  /// `nil` for all.
  let namespace: String?
  let selector: LabelSelector
  let feed: BodyFeed

  /// Tells what happened, where it is of interest.
  func tell(_ happening: FakeCluster.Happening) {
    let before = happening.before.flatMap { concerns($0) ? $0 : nil }
    let after = happening.after.flatMap { concerns($0) ? $0 : nil }
    switch (before, after) {
    case (nil, nil): return
    case (nil, let after?): send("ADDED", after.document)
    case (_, let after?): send("MODIFIED", after.document)
    case (let before?, nil):
      var last = happening.after ?? before
      last.version = happening.version
      send("DELETED", last.document)
    }
  }

  func sendBookmark(_ version: Int) {
    send(
      "BOOKMARK",
      .object([
        ("apiVersion", .text(kind.apiVersion)), ("kind", .text(kind.kind)),
        ("metadata", .object([("resourceVersion", .text("\(version)"))])),
      ]))
  }

  private func concerns(_ object: FakeObject) -> Bool {
    object.kind == kind && (namespace == nil || object.id.namespace == namespace) && selector.matches(object.labels)
  }

  func send(_ type: String, _ object: DocumentNode) {
    feed.send(JSONWriter.bytes(of: .object([("type", .text(type)), ("object", object)])) + [UInt8(ascii: "\n")])
  }
}
