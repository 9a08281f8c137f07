import Foundation
import Model
import TestSupport

/// The built `openmmt`, started for a test on a port of its own, and ended with it.
final class ProxyProcess: Sendable {
  /// Variables of whoever runs the tests that would change what the program does.
  private static let neutral = ["http_proxy": "", "https_proxy": "", "no_proxy": "", "NO_PROXY": ""]

  let process: ChildProcess
  let port: Int

  private init(_ process: ChildProcess, port: Int) {
    self.process = process
    self.port = port
  }

  /// Starts the program and waits until it listens.
  static func start(
    _ arguments: [String] = [], upstream: String? = nil, environment: [String: String] = [:]
  ) async throws -> ProxyProcess {
    let target = upstream.map { ["--ingester-upstream-url", $0] } ?? []
    let process = try ChildProcess(
      BuiltProduct.url("openmmt"), ["--port", "0"] + target + arguments,
      environment: neutral.merging(environment) { $1 })
    return ProxyProcess(process, port: try await process.port(of: "proxy", within: .seconds(30)))
  }

  /// Sends a load over a connection of its own.
  func post(
    _ load: TestLoad, fields: HeaderFields = TestLoad.fields, within limit: Duration = .seconds(30)
  ) async throws -> HTTPReply {
    try await HTTPProbe.request(
      "POST", "/api/v1/push", port: port, fields: fields, body: load.body(), within: limit)
  }

  /// Reads something over a connection of its own.
  func get(_ target: String) async throws -> HTTPReply {
    try await HTTPProbe.request("GET", target, port: port)
  }

  /// The value of a metric, its labels as they are exposed; `nil` where it is not exposed.
  func metric(_ name: String) async throws -> Double? {
    MetricsText(try await get("/metrics").text).value(of: name)
  }

  /// Waits until no load is under way, and none has room: a load gives it back when it has been answered.
  func becomesIdle() async throws {
    _ = try await get("/metrics") { reply in
      let metrics = MetricsText(reply.text)
      return metrics.value(of: "open_metrics_proxy_loads_in_flight") == 0
        && metrics.value(of: "open_metrics_proxy_bytes_in_flight") == 0
    }
  }

  /// Asks again and again until the answer is the one that is waited for.
  func get(_ target: String, until isExpected: (HTTPReply) throws -> Bool) async throws -> HTTPReply {
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
      let reply = try await get(target)
      if try isExpected(reply) { return reply }
      guard ContinuousClock.now < deadline else {
        throw DeadlineExceeded(what: "an answer to \(target)", limit: .seconds(30), state: reply.text)
      }
    }
  }
}
