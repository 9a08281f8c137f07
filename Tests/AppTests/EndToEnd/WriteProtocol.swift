import TestSupport
import Testing

/// A way to hand a load to the proxy.
enum WriteProtocol: String, CaseIterable, CustomTestStringConvertible {
  case http1 = "HTTP/1.1"
  case http2 = "h2c by prior knowledge"
  case http2OverTLS = "h2 over TLS"
  case push = "gRPC Push"
  case gzippedPush = "gRPC Push, gzip"
  case blockPush = "gRPC Push, snappy-block"
  case handle = "httpgrpc Handle"

  var testDescription: String { rawValue }

  /// Whether the load comes by gRPC.
  var isGRPC: Bool {
    switch self {
    case .http1, .http2, .http2OverTLS: false
    case .push, .gzippedPush, .blockPush, .handle: true
    }
  }

  /// What the proxy is started with to take loads this way.
  func arguments(_ certificates: TestCertificates) -> [String] {
    guard self == .http2OverTLS else { return [] }
    return ["--tls-certificate-file", certificates.server.certificate, "--tls-key-file", certificates.server.key]
  }

  /// The status that stands for one of HTTP's: itself, or gRPC's code.
  ///
  /// Handle answers with HTTP's status, unless the call itself is too large.
  func status(_ status: Int) -> Int {
    guard isGRPC, self != .handle || status == 413 else { return status }
    return switch status {
    case 200: 0
    case 400: 3
    case 413, 429: 8
    case 415: 12
    case 503: 14
    default: status
    }
  }
}
