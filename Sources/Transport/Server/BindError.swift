/// An address that cannot be listened on.
package struct BindError: Error, CustomStringConvertible {
  let host: String
  let port: Int
  let reason: String

  package var description: String { "cannot listen on \(host) port \(port): \(reason)" }
}
