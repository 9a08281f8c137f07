/// What the user asked for cannot be done: a bad value, a port in use. The program ends with code 2.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
