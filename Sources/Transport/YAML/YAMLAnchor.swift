internal import Model

/// What an alias stands for.
enum YAMLAnchor {
  /// A node that has not ended yet, and so cannot contain itself.
  case open
  /// - Parameters:
  ///   - nodes: how many there are in it, itself included.
  ///   - height: how many levels it has below itself.
  case complete(DocumentNode, nodes: Int, height: Int)
}
