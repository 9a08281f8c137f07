import Model

/// The refusals of a load by value, in UTF-8, as the reference counts them.
struct Refusals {
  private(set) var notAllowed: [[UInt8]: Int] = [:]
  private(set) var invalid: [[UInt8]: Int] = [:]

  init(_ load: SplitLoad) {
    for refusal in load.refusals {
      switch refusal.reason {
      case .notAllowed(let tenant): notAllowed[Array(tenant.name.utf8), default: 0] += refusal.series
      case .invalid(let error): invalid[Array(error.name.utf8), default: 0] += refusal.series
      }
    }
  }
}
