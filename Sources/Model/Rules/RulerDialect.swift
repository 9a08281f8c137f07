/// Which ruler is spoken to. They differ in the paths of their API and in what counts as the same group.
package enum RulerDialect: String, Sendable, CaseIterable {
  case cortex
  case mimir
}
