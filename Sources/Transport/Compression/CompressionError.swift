/// Why compressed bytes cannot be read, or bytes not be compressed.
enum CompressionError: Error, Equatable, CustomStringConvertible {
  /// They are not what they say they are.
  case corrupt(String)
  /// The output would be longer than the limit, in bytes.
  case tooLong(limit: Int)

  var description: String {
    switch self {
    case .corrupt(let reason): reason
    case .tooLong(let limit): "decompressed length is above the limit of \(limit) bytes"
    }
  }
}
