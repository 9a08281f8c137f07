internal import CCurl
internal import Glibc
internal import Model

/// A connection to a server of HTTP/1.1 without TLS: one request at a time, many after each other. Lives on the
/// driver's thread.
final class PlainConnection {
  /// What became of a request.
  enum End {
    /// This is what its receiver is to be told.
    case result(CurlResult)
    /// The server had closed the connection before it knew of the request, which may be sent again on another.
    case lost
  }

  let socket: Int32
  let endpoint: CurlEndpoint
  private(set) var transfer: CurlTransfer?
  /// Whether another request can be sent when there is none.
  private(set) var isUsable = true
  /// When the last request ended.
  var idleSince = MonotonicTime(nanoseconds: 0)

  private var reader: HTTP1ResponseReader
  /// The end of the head: the length of the body, and the empty line.
  private var headEnd: [UInt8] = []
  private var sent = 0
  private var length = 0
  private var isReused = false
  /// The error that ended the writing.
  private var writeError: Int32 = 0

  /// - Parameter socket: connected, and not blocking; closed when this object is gone.
  init(socket: Int32, endpoint: CurlEndpoint) {
    self.socket = socket
    self.endpoint = endpoint
    reader = HTTP1ResponseReader(bodyLimit: endpoint.responseLimit)
  }

  deinit {
    close(socket)
  }

  /// Begins a request, as far as the socket takes it.
  func begin(_ transfer: CurlTransfer) {
    self.transfer = transfer
    let bodyLength = transfer.body?.count ?? 0
    headEnd.removeAll(keepingCapacity: true)
    headEnd.append(contentsOf: "Content-Length: \(bodyLength)\r\n\r\n".utf8)
    sent = 0
    length = (transfer.plainHead?.count ?? 0) + headEnd.count + bodyLength
    write()
  }

  /// The socket can be read or written, or has failed.
  ///
  /// - Parameters:
  ///   - hasEnded: whether the other side sends no more than what is there already.
  ///   - buffer: memory to read into.
  /// - Returns: what became of the request, where it has ended.
  func advance(hasEnded: Bool, _ buffer: inout [UInt8]) -> End? {
    guard transfer != nil else {
      // Nothing was asked for: it is the end of the connection, or an answer that nobody wants.
      isUsable = isUsable && !hasEnded && Glibc.read(socket, &buffer, buffer.count) < 0 && errno == EAGAIN
      return nil
    }
    if sent < length, writeError == 0 { write() }
    do {
      return try read(untilEnd: hasEnded || writeError != 0, &buffer)
    } catch {
      return end(.failure("\(error)"))
    }
  }

  /// Ends the request, and with it the connection.
  func abort() -> CurlTransfer? {
    isUsable = false
    return takeTransfer()
  }

  /// The request that has ended.
  func takeTransfer() -> CurlTransfer? {
    defer { transfer = nil }
    return transfer
  }

  // MARK: Writing

  private func write() {
    guard let transfer, let head = transfer.plainHead, let body = transfer.body else { return }
    head.withUnsafeBytes { head in
      headEnd.withUnsafeBytes { headEnd in
        body.withUnsafeBytes { body in
          write(head, headEnd, body)
        }
      }
    }
  }

  /// Writes what has not been written yet of three parts, as far as the socket takes it.
  private func write(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, _ third: UnsafeRawBufferPointer
  ) {
    while sent < length {
      let beforeThird = first.count + second.count
      let vectors: [3 of iovec] = [
        rest(of: first, at: 0), rest(of: second, at: first.count), rest(of: third, at: beforeThird),
      ]
      let count = vectors.span.withUnsafeBufferPointer { writev(socket, $0.baseAddress, 3) }
      if count >= 0 {
        sent += count
      } else if errno != EINTR {
        if errno != EAGAIN { writeError = errno }
        return
      }
    }
  }

  /// What has not been written of a part that begins at `start`.
  private func rest(of part: UnsafeRawBufferPointer, at start: Int) -> iovec {
    let written = min(max(0, sent - start), part.count)
    return iovec(
      iov_base: part.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + written) }, iov_len: part.count - written)
  }

  // MARK: Reading

  private func read(untilEnd: Bool, _ buffer: inout [UInt8]) throws(MalformedResponse) -> End? {
    while true {
      let count = Glibc.read(socket, &buffer, buffer.count)
      if count > 0 {
        try reader.read(buffer.span.extracting(0..<count))
        if reader.isComplete { return answered(isOpen: !untilEnd) }
        // The rest comes with another event, and so does the end.
        if count < buffer.count && !untilEnd { return nil }
      } else if count == 0 {
        return closed(by: 0)
      } else if errno != EINTR {
        guard errno == EAGAIN else { return closed(by: errno) }
        return writeError == 0 ? nil : closed(by: writeError)
      }
    }
  }

  /// - Parameter isOpen: whether the other side may send more. That it does not is told once, and may be told together
  ///   with its answer.
  private func answered(isOpen: Bool) -> End {
    // A server that answers before it has all of a request may not want the rest.
    isUsable = isOpen && reader.leavesConnection && sent == length
    isReused = true
    defer { reader.reset() }
    return .result(.response(status: reader.status, retryAfter: retryAfter, body: reader.body))
  }

  private func closed(by error: Int32) -> End {
    reader.connectionClosed()
    if reader.isComplete { return answered(isOpen: false) }
    if isReused, !reader.hasBegun {
      isUsable = false
      return .lost
    }
    return end(.failure(error == 0 ? "the server closed the connection" : String(cString: strerror(error))))
  }

  private func end(_ result: CurlResult) -> End {
    isUsable = false
    return .result(result)
  }

  /// In seconds; 0 where there is none, or none in the future.
  private var retryAfter: Int {
    guard !reader.retryAfter.isEmpty else { return 0 }
    if let seconds = Int(reader.retryAfter) { return seconds }
    let date = curl_getdate(reader.retryAfter, nil)
    return date < 0 ? 0 : max(0, date - Glibc.time(nil))
  }
}
