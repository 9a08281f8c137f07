/// What one distinct value of a tenant label leads to in the load at hand, and the series that go
/// there.
struct TenantSlot {
  /// What becomes of a series that has the value.
  enum Destination {
    /// It gets into the chain.
    case chain
    /// It goes to a tenant that gets it anyway.
    case everybody
    case nowhere
  }

  /// Where the value leads.
  let route: TenantRoute
  /// The same, without whom: asked for every run.
  let destination: Destination
  /// The first and the last link of the chain of runs, or -1.
  var firstLink: Int32 = -1
  var lastLink: Int32 = -1
  /// The run that was added last, or that was refused last.
  var lastRun: Int32 = -1
  /// The bytes that the series take in the tenant's request.
  var length = 0
  /// The number of series that were refused, where the value leads nowhere.
  var refused = 0
  /// What the chain holds.
  var contents = PortionContents()

  /// Adds a run, unless it is the one that was added last: two labels of a series may name the same tenant, which
  /// gets the series once.
  ///
  /// - Parameters:
  ///   - number: the number of the run.
  ///   - link: the link of the chain that the run gets, where it gets one.
  /// - Returns: the link after which it comes, -1 where it is the first, `nil` where there is nothing to add.
  @inline(__always)
  mutating func add(_ run: SeriesRun, number: Int, length: Int, link: Int) -> Int32? {
    let number = Int32(truncatingIfNeeded: number)
    guard lastRun != number else { return nil }
    lastRun = number
    let link = Int32(truncatingIfNeeded: link)
    self.length &+= length
    contents.add(run.contents, series: Int(run.count))
    defer { lastLink = link }
    if lastLink < 0 { firstLink = link }
    return lastLink
  }

  /// Counts the series of a run that is refused, once.
  mutating func refuse(_ run: SeriesRun, number: Int) {
    let number = Int32(truncatingIfNeeded: number)
    guard lastRun != number else { return }
    lastRun = number
    refused += Int(run.count)
  }

  init(route: TenantRoute) {
    self.route = route
    destination =
      switch route {
      case .tenant: .chain
      case .defaultTenant: .everybody
      case .notAllowed, .invalid: .nowhere
      }
  }
}
