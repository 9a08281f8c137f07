internal import Model

/// A request for the curl driver.
struct CurlTransfer: Sendable {
  /// Where it goes.
  let endpoint: CurlEndpoint
  /// Its header fields beside the endpoint's.
  let headers: CurlHeaderList
  /// What is sent. A POST has to have one, be it empty.
  let body: SharedBytes?
  /// When it has to be over, on the driver's clock.
  let deadline: MonotonicTime
  /// What is cancelled together.
  let group: ObjectIdentifier
  /// Tells the transfers of one receiver apart.
  let tag: Int
  /// Who is told how it ended, exactly once.
  let receiver: any CurlReceiver
  /// Who gets the answer as it comes, where the endpoint says so; the receiver is then told only that it is over.
  var stream: (any CurlStreamReceiver)?
}
