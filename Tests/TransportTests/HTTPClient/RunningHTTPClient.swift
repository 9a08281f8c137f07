import Model
import TestSupport
import Transport

/// A ``CurlHTTPClient`` that runs for one test.
final class RunningHTTPClient: Sendable {
  let client: CurlHTTPClient
  private let running: Task<Void, Never>

  /// - Parameter configure: changes what the test is about.
  init(time: any TimeSource = SystemTime(), _ configure: (inout HTTPClientConfiguration) -> Void = { _ in }) {
    var configuration = HTTPClientConfiguration(userAgent: "tests/1")
    configure(&configuration)
    let client = CurlHTTPClient(configuration: configuration, time: time)
    self.client = client
    running = Task { await client.run() }
  }

  deinit {
    running.cancel()
  }

  /// Ends it, and all that is on its way.
  func stop() async {
    running.cancel()
    await running.value
  }

  /// Reads a body to its end, or to where it is cut.
  static func read(_ response: HTTPStreamedResponse) async -> (text: String, failure: HTTPFailure?) {
    var bytes: [UInt8] = []
    do {
      for try await piece in response.body { bytes += piece }
    } catch {
      return (String(decoding: bytes, as: UTF8.self), error as? HTTPFailure)
    }
    return (String(decoding: bytes, as: UTF8.self), nil)
  }
}
