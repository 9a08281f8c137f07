/// Takes the ends of transfers, on the driver's thread.
protocol CurlReceiver: AnyObject, Sendable {
  func transferEnded(_ tag: Int, _ result: CurlResult)
}
