/// How far an operation on a TLS connection got.
enum TLSResult<Value> {
  /// It is done.
  case complete(Value)
  /// It needs more bytes from the peer.
  case incomplete
  /// The peer has said that it sends nothing more.
  case ended
  /// The connection is of no more use.
  case failed(TLSError)
}
