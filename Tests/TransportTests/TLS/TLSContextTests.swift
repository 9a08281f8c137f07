import Foundation
import Logging
import Model
import TestSupport
import Testing

@testable import Transport

struct TLSContextTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID())")

  private func write(_ text: String, _ name: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: name).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func error(_ certificate: String, _ key: String, _ authority: String? = nil) throws -> TLSFileError {
    let configuration = TLSConfiguration(certificateFile: certificate, keyFile: key, clientCAFile: authority)
    return try #require(throws: TLSFileError.self) { try TLSContext(configuration) }
  }

  @Test func errorsNameTheFileAndTheReason() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let certificates = try await TestCertificates.shared
    let server = certificates.server
    let nonsense = try write("nonsense", "nonsense.pem")
    let missing = folder.appending(path: "missing.pem").path

    #expect(try error(missing, server.key).description == "\(missing): No such file or directory")
    #expect(try error(nonsense, server.key) == TLSFileError(file: nonsense, reason: "no start line"))
    #expect(try error(server.certificate, nonsense).file == nonsense)
    #expect(try error(server.certificate, missing).file == missing)
    #expect(try error(server.certificate, server.key, nonsense).file == nonsense)
  }

  /// A key of the same kind that belongs to another certificate, and one of another kind.
  @Test(arguments: ["EC", "RSA"])
  func aKeyThatIsNotTheCertificatesIsRefused(_ algorithm: String) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = try await TestCertificates.shared.server
    let key = try write("", "other.key")
    let curve = algorithm == "EC" ? ["-pkeyopt", "ec_paramgen_curve:P-256"] : []
    let openssl = try ChildProcess(
      URL(filePath: "/usr/bin/openssl"), ["genpkey", "-algorithm", algorithm, "-out", key] + curve)
    #expect(try await openssl.waitForExit(within: .seconds(60)) == .code(0))
    let mismatch = try error(server.certificate, key)
    #expect(mismatch.file == key)
    #expect(mismatch.reason.contains(server.certificate))
  }

  @Test func aKeyWithAPassphraseIsRefusedWithoutAskingForIt() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = try await TestCertificates.shared.server
    let locked = try write("", "locked.key")
    let openssl = try ChildProcess(
      URL(filePath: "/usr/bin/openssl"), ["ec", "-aes128", "-passout", "pass:word", "-in", server.key, "-out", locked])
    #expect(try await openssl.waitForExit() == .code(0))
    #expect(try error(server.certificate, locked).file == locked)
  }

  @Test func theStoreKeepsWhatItHasWhereTheFilesAreBroken() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let certificates = try await TestCertificates.shared
    func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    let certificate = try write(try contents(certificates.server.certificate), "server.pem")
    let key = try write(try contents(certificates.server.key), "server.key")
    let store = try TLSContextStore(TLSConfiguration(certificateFile: certificate, keyFile: key))
    let log = Watched<[String]>([])
    let watcher = FileWatcher([store], time: SystemTime(), logger: Logger(label: "") { _ in LinesLogHandler(log) })
    let first = store.current

    watcher.check()
    #expect(store.current === first)
    #expect(log.value.isEmpty)

    // A certificate without its key, and then the key.
    _ = try write(try contents(certificates.expiredServer.certificate), "server.pem")
    watcher.check()
    watcher.check()
    #expect(store.current === first)
    #expect(log.value.count == 1)
    #expect(log.value[0].contains(key))
    #expect(store.metrics.reloads.with("failure").value == 1)

    _ = try write(try contents(certificates.expiredServer.key), "server.key")
    watcher.check()
    watcher.check()
    #expect(store.current !== first)
    #expect(log.value.count == 2)
    #expect(store.metrics.reloads.with("success").value == 1)
    #expect(store.current.expiry < first.expiry)
    let now = Int(Date().timeIntervalSince1970)
    #expect(first.expiry > now + 29 * 86400 && first.expiry <= now + 30 * 86400)

    try FileManager.default.removeItem(atPath: key)
    watcher.check()
    #expect(store.metrics.reloads.with("failure").value == 2)
  }
}
