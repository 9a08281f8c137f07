extension String {
  /// The text that some bytes are in UTF-8. What is no UTF-8 in them becomes U+FFFD.
  init(repairing bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
