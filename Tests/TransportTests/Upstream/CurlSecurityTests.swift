import Foundation
import Model
import TestSupport
import Testing
import Transport

/// https to the upstream: a server that cannot prove who it is gets nothing.
@Suite(.timeLimit(.minutes(2)))
struct CurlSecurityTests {
  /// A server of https with a certificate that it has signed itself; it says so when it gets a request.
  private func startServer(in directory: URL) async throws -> ChildProcess {
    let key = directory.appending(path: "key.pem").path
    let certificate = directory.appending(path: "certificate.pem").path
    let openssl = try ChildProcess(
      URL(filePath: "/usr/bin/openssl"),
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
      ])
    #expect(try await openssl.waitForExit(within: .seconds(60)) == .code(0))
    return try ChildProcess(
      URL(filePath: "/usr/bin/python3"),
      [
        "-c",
        """
        import socket, ssl, sys
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        listener = socket.create_server(("127.0.0.1", 0))
        print("server listening on http://127.0.0.1:%d" % listener.getsockname()[1], file=sys.stderr, flush=True)
        while True:
          connection, _ = listener.accept()
          try:
            with context.wrap_socket(connection, server_side=True) as secure:
              if secure.recv(65536): print("request", file=sys.stderr, flush=True)
              secure.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
          except OSError as error:
            print("refused: %s" % error, file=sys.stderr, flush=True)
        """,
        certificate, key,
      ])
  }

  @Test(arguments: ["127.0.0.1", "localhost"])
  func aCertificateThatNobodyKnowsIsRefused(host: String) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let server = try await startServer(in: directory)
    let port = try await server.port(of: "server", within: .seconds(30))

    let upstream = RunningUpstream(url: "HTTPS://\(host):\(port)/api/v1/push")
    for _ in 0..<2 {
      let reason = try #require(try await upstream.result()?.networkFailure)
      #expect(reason.lowercased().contains("certificate"), "\(reason)")
    }
    try await server.errorLine(matching: "refused: ")
    #expect(!server.errorLines.contains("request"))
  }
}
