@testable import Transport

extension HTTP2Fields {
  /// Fields in this order.
  init(_ pairs: [(String, String)]) {
    self.init()
    for (name, value) in pairs { add(name, value) }
  }
}
