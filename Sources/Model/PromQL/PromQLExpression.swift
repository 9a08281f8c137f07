/// An expression that has been read and checked.
///
/// Its nodes lie in one array, so that looking at all of them is a loop, and neither depth nor length takes anything
/// from the stack.
package struct PromQLExpression: Sendable, Equatable, CustomStringConvertible {
  /// All nodes.
  package let nodes: [PromQLNode]
  /// Which node is the whole expression.
  package let rootID: PromQLNodeID

  /// The dialect in which it was read, and is printed.
  package let dialect: PromQLDialect

  /// The node that is the whole expression.
  package var root: PromQLNode { self[rootID] }

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
