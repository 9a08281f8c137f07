/// A part of the process that ended without having been told to.
struct EndedUnexpectedly: Error, CustomStringConvertible {
  /// What the part is called in messages.
  let name: String

  var description: String { "\(name) ended unexpectedly" }
}
