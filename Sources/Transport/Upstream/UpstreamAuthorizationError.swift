/// What is wrong with a file of credentials for the upstream. Tells nothing of what it holds.
package struct UpstreamAuthorizationError: Error, Sendable, Equatable, CustomStringConvertible {
  let file: String
  let reason: String

  package var description: String { "\(file): \(reason)" }
}
