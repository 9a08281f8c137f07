internal import Model

/// Reads the head of an answer, line by line, as libcurl hands it over: in the form of HTTP/1.1, whatever was spoken.
struct HTTPHeadParser {
  /// The bytes of a head that are read; far more than any server sends.
  private static let limit = 64 << 10

  private var status = 0
  private var fields: HeaderFields = [:]
  private var length = 0
  private var isComplete = false

  /// - Returns: the head once it is complete. Heads that only announce another one, such as 100, do not count, nor do
  ///   lines after the head.
  /// - Throws: `HTTPFailure` where the head is too long.
  mutating func take(_ line: [UInt8]) throws(HTTPFailure) -> (status: Int, fields: HeaderFields)? {
    guard !isComplete else { return nil }
    length += line.count
    guard length <= Self.limit else { throw .tooLong(limit: Self.limit) }
    let text = String(decoding: line, as: UTF8.self).filter { !$0.isNewline }
    if text.hasPrefix("HTTP/") {
      let words = text.split(separator: " ", maxSplits: 2)
      status = words.count > 1 ? Int(words[1]) ?? 0 : 0
      fields = [:]
    } else if let colon = text.firstIndex(of: ":") {
      fields.add(String(text[..<colon]), Self.trimmed(text[text.index(after: colon)...]))
    } else if text.isEmpty, status >= 200 {
      isComplete = true
      return (status, fields)
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
