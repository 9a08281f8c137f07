extension Answer {
  /// The answer to the request that brought the load.
  package init(_ load: LoadAnswer) {
    var fields: HeaderFields = [:]
    if let seconds = load.retryAfter { fields.add("Retry-After", String(seconds)) }
    self =
      load.message.isEmpty
      ? Answer(status: load.status, fields: fields) : .text(load.status, load.message, fields: fields)
  }
}
