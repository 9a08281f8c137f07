/// The user event that tells a pipeline that its connection is encrypted from here on.
struct TLSHandshakeCompleted: Sendable, Equatable {
  /// What both sides agreed to speak; `nil` where the client did not ask.
  let applicationProtocol: ApplicationProtocol?
  /// The name in the client's certificate: the first alternative name, else the common name. `nil` where
  /// there is no certificate.
  let peerName: String?
}
