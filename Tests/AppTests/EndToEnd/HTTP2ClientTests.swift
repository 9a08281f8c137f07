import Foundation
import Model
import TestSupport
import Testing

/// Real clients that speak HTTP/2 without being asked to, and the built program.
@Suite(.timeLimit(.minutes(5)))
struct HTTP2ClientTests {
  private static let curl = URL(filePath: "/usr/bin/curl")
  private static let nghttp = URL(filePath: "/usr/bin/nghttp")
  private static let h2load = URL(filePath: "/usr/bin/h2load")

  private static func isInstalled(_ program: URL) -> Bool {
    FileManager.default.isExecutableFile(atPath: program.path)
  }

  private static let fields = TestLoad.fields.fields.flatMap { ["-H", "\($0.name): \($0.value)"] }

  /// Runs a program to its end.
  ///
  /// - Returns: what it wrote.
  private func run(_ program: URL, _ arguments: [String], within limit: Duration = .seconds(60)) async throws -> String
  {
    let process = try ChildProcess(program, arguments, environment: ["http_proxy": "", "no_proxy": "*"])
    let status = try await process.waitForExit(within: limit)
    #expect(status == .code(0), "\(process.errorLines)")
    return process.outputLines.joined(separator: "\n")
  }

  /// Runs `body` with a file that holds a small load.
  private func withLoadFile(_ body: (String) async throws -> Void) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(try TestLoad([""]).body()).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try await body(file.path)
  }

  @Test(.enabled(if: isInstalled(curl), "curl is not installed"))
  func curlReadsAndWrites() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let url = "http://127.0.0.1:\(proxy.port)"
    let options = ["-sS", "--http2-prior-knowledge", "-w", " %{http_code} %{http_version} %{num_connects}\n"]
    #expect(try await run(Self.curl, options + ["\(url)/-/healthy"]) == "OK\n 200 2 1")
    #expect(try await run(Self.curl, options + ["\(url)/metrics"]).hasSuffix(" 200 2 1"))
    try await withLoadFile { file in
      let post = Self.fields + ["--data-binary", "@\(file)", "\(url)/api/v1/push"]
      for expectation in [[], ["-H", "Expect: 100-continue"]] {
        let output = try await run(Self.curl, options + expectation + post)
        #expect(output == " 200 2 1")
      }
    }
    #expect(upstream.requests.count == 2)
  }

  @Test(.enabled(if: isInstalled(nghttp), "nghttp is not installed"))
  func nghttpReadsAndWrites() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let url = "http://127.0.0.1:\(proxy.port)"
    #expect(try await run(Self.nghttp, ["\(url)/-/healthy", "\(url)/-/up"]).hasPrefix("OK"))
    try await withLoadFile { file in
      let output = try await run(Self.nghttp, ["-nv", "-d", file] + Self.fields + ["\(url)/api/v1/push"])
      #expect(output.contains(":status: 200"))
    }
    #expect(upstream.requests.count == 1)
  }

  @Test(.enabled(if: isInstalled(h2load), "h2load is not installed"), arguments: [false, true])
  func tenThousandRequestsOnEightConnections(isWriting: Bool) async throws {
    let proxy = try await ProxyProcess.start(["--sandbox", "--sandbox-port", "0"])
    let url = "http://127.0.0.1:\(proxy.port)"
    let options = ["-n", "10000", "-c", "8", "-m", "32"]
    try await withLoadFile { file in
      let request = isWriting ? ["-d", file] + Self.fields + ["\(url)/api/v1/push"] : ["\(url)/-/healthy"]
      let output = try await run(Self.h2load, options + request, within: .seconds(240))
      #expect(output.contains("10000 done, 10000 succeeded, 0 failed, 0 errored, 0 timeout"), "\(output)")
      #expect(output.contains("status codes: 10000 2xx"), "\(output)")
    }
    #expect(try await proxy.process.terminate() == .code(0))
  }
}
