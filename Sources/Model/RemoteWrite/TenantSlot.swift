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
  /// The same, without whom: asked for every series.
  let destination: Destination
  /// The first and the last link of the chain of series, or -1.
  var firstLink: Int32 = -1
  var lastLink: Int32 = -1
  /// The series that was added last, or that was refused last.
  var lastSeries: Int32 = -1
  /// The bytes that the series take in the tenant's request.
  var length = 0
  /// The number of series that were refused, where the value leads nowhere.
  var refused = 0
  /// What the chain holds.
  var contents = PortionContents()

  /// Adds a series, unless it is the one that was added last: two labels of a series may name the same tenant, which
  /// gets the series once.
  ///
  /// - Parameter link: the link of the chain that the series gets, where it gets one.
  /// - Returns: the link after which it comes, -1 where it is the first, `nil` where there is nothing to add.
  @inline(__always)
  mutating func add(_ series: Int, _ contents: SeriesContents, length: Int, link: Int) -> Int32? {
    let series = Int32(truncatingIfNeeded: series)
    guard lastSeries != series else { return nil }
    lastSeries = series
    let link = Int32(truncatingIfNeeded: link)
    self.length &+= length
    self.contents.add(contents)
    defer { lastLink = link }
    if lastLink < 0 { firstLink = link }
    return lastLink
  }

  /// Counts a series that is refused, once.
  mutating func refuse(_ series: Int) {
    let series = Int32(truncatingIfNeeded: series)
    guard lastSeries != series else { return }
    lastSeries = series
    refused += 1
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
