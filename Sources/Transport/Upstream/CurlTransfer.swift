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
  /// The head of the request but for the length of its body, where the driver is to speak HTTP/1.1 by itself; `nil`
  /// where libcurl is.
  var plainHead: SharedBytes?
  /// Whether the connection it was sent on was lost.
  private(set) var needsNewConnection = false

  /// Whether the driver speaks HTTP/1.1 by itself, and libcurl only connects.
  var isPlain: Bool { plainHead != nil }

  /// The same, to be sent on a connection that was not used before.
  var onNewConnection: CurlTransfer {
    var transfer = self
    transfer.needsNewConnection = true
    return transfer
  }
}
