/// Takes an answer as it comes, on the driver's thread.
protocol CurlStreamReceiver: CurlReceiver {
  /// A line of a head with its line end; the empty line at the end, and those of heads that only announce another, are
  /// among them.
  ///
  /// - Returns: whether there may be more; else the transfer ends.
  func received(headLine: UnsafeRawBufferPointer) -> Bool

  /// A piece of the body.
  func received(body: UnsafeRawBufferPointer) -> CurlAppetite
}
