import Model
import TestSupport
import Transport

/// A server with ``EchoConnection``s, for one test.
final class TestServer: Sendable {
  /// What the connections were called with.
  let events: Watched<[String]>
  /// What requests to `/wait` wait for.
  let gate: Gate
  let listener: Listener

  private init(listener: Listener, events: Watched<[String]>, gate: Gate) {
    self.listener = listener
    self.events = events
    self.gate = gate
  }

  deinit {
    Task { [listener] in await listener.abort() }
  }

  /// Starts to listen on the loopback interface.
  static func start(
    host: String = "127.0.0.1", grpc: GRPCServing? = nil, _ configure: (inout ServerLimits) -> Void = { _ in }
  ) async throws -> TestServer {
    var limits = ServerLimits()
    // Many tests at once can hold a client up for a while. A test of a limit sets it.
    limits.idleTimeout = .seconds(3600)
    limits.headTimeout = .seconds(3600)
    limits.bodyTimeout = .seconds(3600)
    limits.writeTimeout = .seconds(3600)
    configure(&limits)
    let events = Watched<[String]>([])
    let gate = Gate()
    let server = HTTPServer(
      configuration: ServerConfiguration(host: host, port: 0, limits: limits), grpc: grpc,
      connections: Gauge("connections", help: "Open."), connectionsRefused: Counter("refused_total", help: "Refused.")
    ) { transport in
      EchoConnection(transport: transport, events: events, gate: gate)
    }
    return TestServer(listener: try await server.bind(), events: events, gate: gate)
  }

  /// Connects to it.
  func connect() async throws -> HTTPProbe {
    try await HTTPProbe.connect(to: listener.port)
  }

  /// Connects to it by HTTP/2.
  func connectHTTP2(
    settings: [(id: Int, value: Int)]? = HTTP2Probe.settings, acknowledges: Bool = true, isReading: Bool = true
  ) async throws -> HTTP2Probe {
    try await HTTP2Probe.connect(
      to: listener.port, settings: settings, acknowledges: acknowledges, isReading: isReading)
  }

  /// Waits until a call was made.
  func wait(for event: String) async throws {
    try await events.wait(for: event) { $0.contains(event) }
  }
}
