/// What a process has to say cannot be written.
package struct StandardStreamError: Error, Sendable, Equatable, CustomStringConvertible {
  let reason: String

  package var description: String { "what there is to be said cannot be written: \(reason)" }
}
