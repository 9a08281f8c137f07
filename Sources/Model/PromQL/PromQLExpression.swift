/// An expression that has been read and checked.
///
/// Its nodes lie in one array, children before their parents, so that looking at all of them is a loop, and neither
/// depth nor length takes anything from the stack.
package struct PromQLExpression: Sendable, Equatable, CustomStringConvertible {
  /// The nodes in the order of their ends; the last one is the root.
  package let nodes: [PromQLNode]

  /// The dialect in which it was read, and is printed.
  package let dialect: PromQLDialect

  /// - Precondition: there is at least one node.
  init(nodes: [PromQLNode], dialect: PromQLDialect) {
    precondition(!nodes.isEmpty, "an expression without nodes")
    self.nodes = nodes
    self.dialect = dialect
  }

  /// The node that is the whole expression.
  package var root: PromQLNode { nodes[nodes.count - 1] }

  /// A node by its identity in this expression.
  package subscript(id: PromQLNodeID) -> PromQLNode { nodes[id.index] }

  /// What the expression yields.
  package var valueType: PromQLValueType { root.valueType }

  /// The one form that Prometheus gives to expressions that differ in nothing but spaces, comments, quotes and such.
  package func canonical() -> String {
    var printer = PromQLPrinter(self)
    return printer.print()
  }

  package var description: String { canonical() }

  /// Whether two expressions have the same canonical form. Positions and the order of matchers do not count.
  package static func == (left: PromQLExpression, right: PromQLExpression) -> Bool {
    left.canonical() == right.canonical()
  }
}
