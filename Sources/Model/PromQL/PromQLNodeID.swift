/// Which of an expression's nodes is meant.
package struct PromQLNodeID: Hashable, Sendable {
  let index: Int
}
