import Model

extension HeaderFields {
  /// The fields as they are written, a line each.
  var lines: String {
    fields.map { "\($0.name): \($0.value)\r\n" }.joined()
  }
}
