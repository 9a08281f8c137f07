/// What keeps a Kubernetes client from asking too much, and from being given too much.
package struct KubernetesLimits: Sendable, Equatable {
  /// How many requests a second may be sent, and how many at once after a pause; others wait.
  package var requestsPerSecond: Double
  package var requestBurst: Int
  /// How long a request may take, once it is sent.
  package var requestTimeout: Duration
  /// How many resources are asked for at a time.
  package var pageLength: Int
  /// The greatest length of a page, in bytes.
  package var pageLimit: Int
  /// The greatest length of all pages of a list, in bytes.
  package var listLimit: Int
  /// The greatest length of an event of a watch, in bytes.
  package var eventLimit: Int
  /// How long a watch may be silent. The server speaks about once a minute.
  package var watchSilence: Duration
  /// How often a request is sent again that the server has turned away because there were too many.
  package var throttledRetries: Int
  /// The longest that is waited for that, whatever the server asks for.
  package var throttledWait: Duration

  package init(
    requestsPerSecond: Double = 20, requestBurst: Int = 100, requestTimeout: Duration = .seconds(30),
    pageLength: Int = 500, pageLimit: Int = 128 << 20, listLimit: Int = 512 << 20, eventLimit: Int = 16 << 20,
    watchSilence: Duration = .seconds(150), throttledRetries: Int = 3, throttledWait: Duration = .seconds(5)
  ) {
    self.requestsPerSecond = requestsPerSecond
    self.requestBurst = requestBurst
    self.requestTimeout = requestTimeout
    self.pageLength = pageLength
    self.pageLimit = pageLimit
    self.listLimit = listLimit
    self.eventLimit = eventLimit
    self.watchSilence = watchSilence
    self.throttledRetries = throttledRetries
    self.throttledWait = throttledWait
  }
}
