import Foundation
import Logging
import Model
import TestSupport

@testable import Transport

/// A ``KubernetesClient`` that runs for one test. Its clock is turned by hand; that of the network is not.
final class RunningKubernetes: Sendable {
  let client: KubernetesClient
  let time: ManualTime
  private let running: Task<Void, Never>

  init(
    url: String, credentials: any KubernetesCredentials = FixedCredentials(credential: .bearer("secret")),
    impersonation: HeaderFields = [:], time: ManualTime = ManualTime(), networkTime: any TimeSource = SystemTime(),
    _ configure: (inout KubernetesLimits) -> Void = { _ in }
  ) {
    var limits = KubernetesLimits(requestsPerSecond: 1000, requestBurst: 1000)
    configure(&limits)
    let configuration = KubernetesConfiguration(
      server: url, tls: HTTPClientTLS(), proxy: nil, namespace: "default", source: "a test",
      impersonation: impersonation, credentials: credentials)
    let http = CurlHTTPClient(
      configuration: HTTPClientConfiguration(userAgent: "OM_mt_I/1", maximumRequests: 64), time: networkTime)
    self.time = time
    client = KubernetesClient(
      configuration: configuration, http: http, limits: limits, time: time, runsHTTP: { await http.run() })
    running = Task { [client] in await client.run() }
  }

  convenience init(
    _ server: FakeKubernetes, time: ManualTime = ManualTime(), networkTime: any TimeSource = SystemTime(),
    _ configure: (inout KubernetesLimits) -> Void = { _ in }
  ) {
    self.init(url: server.url, time: time, networkTime: networkTime, configure)
  }

  deinit {
    running.cancel()
  }
}

extension DocumentNode {
  /// The value as JSON whose fields are in the order of their names: equal for equal values.
  var sortedJSON: String {
    JSONWriter.text(of: sorted)
  }

  private var sorted: DocumentNode {
    switch content {
    case .scalar: self
    case .sequence(let items): .items(items.map(\.sorted))
    case .mapping(let fields):
      .fields(fields.sorted { $0.name < $1.name }.map { DocumentField($0.name, $0.value.sorted) })
    }
  }
}

extension Logger {
  /// Says nothing.
  static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// A folder for one test.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "openmmt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// - Returns: the file's path.
  @discardableResult
  func write(_ name: String, _ text: String, isExecutable: Bool = false) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    if isExecutable { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path) }
    return file.path
  }
}
