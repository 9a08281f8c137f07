/// A call of a function.
package struct PromQLCall: Sendable {
  package let function: PromQLFunction
  package let arguments: [PromQLNodeID]
}
