internal import CCurl
internal import Glibc
internal import Model

/// An easy handle: one transfer at a time, many after each other. Lives on the driver's thread.
final class CurlHandle {
  let easy: OpaquePointer
  private(set) var transfer: CurlTransfer?

  private var endpoint: CurlEndpoint?
  private var response: [UInt8] = []
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  init() {
    guard let easy = curl_easy_init() else { fatalError("libcurl has no memory for a handle") }
    self.easy = OpaquePointer(easy)
    errorText.pointee = 0
  }

  deinit {
    curl_easy_cleanup(pointer)
    errorText.deallocate()
  }

  var pointer: UnsafeMutableRawPointer { UnsafeMutableRawPointer(easy) }

  /// Sets the handle up for a transfer. What the endpoint asks for stays set from one transfer to the
  /// next.
  func prepare(_ transfer: CurlTransfer, timeout: Duration) {
    if endpoint !== transfer.endpoint { configure(transfer.endpoint) }
    self.transfer = transfer
    response.removeAll(keepingCapacity: true)
    errorText.pointee = 0
    transfer.body?.withUnsafeBytes { bytes in
      set(CURLOPT_POSTFIELDSIZE_LARGE, large: bytes.count)
      // Not copied by libcurl: `self.transfer` keeps the bytes until the transfer is over.
      set(CURLOPT_POSTFIELDS, pointer: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
    check(CCurl_setList(pointer, CURLOPT_HTTPHEADER, transfer.headers.list))
    set(CURLOPT_CONNECT_ONLY, transfer.isPlain ? 1 : 0)
    set(CURLOPT_TIMEOUT_MS, max(1, timeout.milliseconds))
  }

  /// Ends the transfer.
  ///
  /// - Returns: how it ended, for its receiver.
  func finish(_ code: CURLcode) -> (CurlTransfer, CurlResult) {
    guard let transfer else { preconditionFailure("a handle without a transfer has ended one") }
    self.transfer = nil
    set(CURLOPT_POSTFIELDS, pointer: nil)
    return (transfer, result(code))
  }

  /// A socket of its own for the connection that the transfer has made, which is libcurl's no more.
  ///
  /// - Returns: -1 where there is none to be had; `errno` says why.
  func duplicateSocket() -> Int32 {
    var socket: curl_socket_t = -1
    check(CCurl_getSocket(pointer, CURLINFO_ACTIVESOCKET, &socket))
    return fcntl(socket, F_DUPFD_CLOEXEC, 0)
  }

  private func result(_ code: CURLcode) -> CurlResult {
    var status = 0
    check(CCurl_getLong(pointer, CURLINFO_RESPONSE_CODE, &status))
    switch code {
    case CURLE_OK:
      return .response(status: status, retryAfter: retryAfter, body: response)
    case CURLE_WRITE_ERROR where status >= 200:
      // The body was longer than anybody wants to read. The answer stands.
      return .response(status: status, retryAfter: retryAfter, body: response)
    case CURLE_OPERATION_TIMEDOUT:
      return .timeout
    default:
      let text = String(cString: errorText)
      return .failure(text.isEmpty ? String(cString: curl_easy_strerror(code)) : text)
    }
  }

  private var retryAfter: Int {
    var seconds: curl_off_t = 0
    check(CCurl_getLarge(pointer, CURLINFO_RETRY_AFTER, &seconds))
    return seconds
  }

  private func configure(_ endpoint: CurlEndpoint) {
    curl_easy_reset(pointer)
    self.endpoint = endpoint
    check(CCurl_setText(pointer, CURLOPT_URL, endpoint.url))
    setMethod(endpoint.method)
    check(CCurl_setText(pointer, CURLOPT_PROTOCOLS_STR, "http,https"))
    check(CCurl_setText(pointer, CURLOPT_USERAGENT, endpoint.userAgent))
    // An empty proxy is none, whatever the environment says.
    if let proxy = endpoint.proxy ?? (endpoint.usesEnvironmentProxy ? nil : "") {
      check(CCurl_setText(pointer, CURLOPT_PROXY, proxy))
    }
    if let connectTo = endpoint.connectTo { check(CCurl_setList(pointer, CURLOPT_CONNECT_TO, connectTo.list)) }
    if let timeout = endpoint.acknowledgementTimeout {
      check(CCurl_setAcknowledgementTimeout(pointer, UInt32(clamping: timeout.milliseconds)))
    }
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, max(1, endpoint.connectTimeout.milliseconds))
    if endpoint.url.lowercased().hasPrefix("https:") {
      secure(endpoint.tls)
    } else {
      set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    }
    // Answers are short, and every handle has a buffer of this size.
    set(CURLOPT_BUFFERSIZE, 16 << 10)
    set(CURLOPT_ERRORBUFFER, pointer: errorText)
    check(CCurl_setWriteCallback(pointer, writeResponse))
    // Unretained: the handle outlives every call, which only libcurl's own calls of it make.
    let context = Unmanaged.passUnretained(self).toOpaque()
    set(CURLOPT_WRITEDATA, pointer: context)
    set(CURLOPT_PRIVATE, pointer: context)
    guard endpoint.isStreamed else { return }
    check(CCurl_setHeaderCallback(pointer, readHeadLine))
    set(CURLOPT_HEADERDATA, pointer: context)
    // A proxy's answer to CONNECT is no part of the answer.
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setMethod(_ method: String) {
    switch method {
    case "POST": set(CURLOPT_POST, 1)
    case "HEAD": set(CURLOPT_NOBODY, 1)
    default: check(CCurl_setText(pointer, CURLOPT_CUSTOMREQUEST, method))
    }
  }

  private func secure(_ tls: HTTPClientTLS) {
    // HTTP/2 where the upstream has it. The first requests wait until that shows, instead of opening a
    // connection each.
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    set(CURLOPT_PIPEWAIT, 1)
    set(CURLOPT_SSLVERSION, Int(CCurl_atLeastTLS12))
    if tls.skipsVerification {
      set(CURLOPT_SSL_VERIFYPEER, 0)
      set(CURLOPT_SSL_VERIFYHOST, 0)
    }
    if let authorities = tls.authorities {
      set(authorities, file: CURLOPT_CAINFO, bytes: CURLOPT_CAINFO_BLOB)
      // Instead of the system's, not beside them.
      check(CCurl_setText(pointer, CURLOPT_CAPATH, nil))
    }
    // In seconds: connections after that trust what the file then has.
    set(CURLOPT_CA_CACHE_TIMEOUT, 60)
    guard let identity = tls.identity else { return }
    set(identity.certificate, file: CURLOPT_SSLCERT, bytes: CURLOPT_SSLCERT_BLOB)
    set(identity.key, file: CURLOPT_SSLKEY, bytes: CURLOPT_SSLKEY_BLOB)
    // Without this, OpenSSL would ask the terminal for the passphrase of a key that has one.
    check(CCurl_setText(pointer, CURLOPT_KEYPASSWD, ""))
  }

  private func set(_ pem: PEMSource, file fileOption: CURLoption, bytes bytesOption: CURLoption) {
    switch pem {
    case .file(let path): check(CCurl_setText(pointer, fileOption, path))
    case .bytes(let bytes):
      check(bytes.withUnsafeBytes { CCurl_setBlob(pointer, bytesOption, $0.baseAddress, $0.count) })
    }
  }

  /// Lets a transfer go on whose receiver wanted a pause.
  func resume() {
    curl_easy_pause(pointer, CURLPAUSE_CONT)
  }

  /// Takes a line of the response's head.
  ///
  /// - Returns: whether there may be more.
  fileprivate func takeHeadLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
    transfer?.stream?.received(headLine: bytes) ?? false
  }

  /// Takes a piece of the response's body.
  ///
  /// - Returns: what there may be after it.
  fileprivate func append(_ bytes: UnsafeRawBufferPointer) -> CurlAppetite {
    if let stream = transfer?.stream { return stream.received(body: bytes) }
    let room = (endpoint?.responseLimit ?? 0) - response.count
    response.append(contentsOf: bytes.prefix(room))
    return bytes.count <= room ? .more : .enough
  }

  private func set(_ option: CURLoption, _ value: Int) {
    check(CCurl_setLong(pointer, option, value))
  }

  private func set(_ option: CURLoption, large value: Int) {
    check(CCurl_setLarge(pointer, option, curl_off_t(value)))
  }

  private func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) {
    check(CCurl_setPointer(pointer, option, value))
  }

  /// Setting an option fails only where libcurl lacks it or memory has run out.
  private func check(_ code: CURLcode) {
    precondition(code == CURLE_OK, "libcurl refused an option: \(String(cString: curl_easy_strerror(code)))")
  }
}

private func writeResponse(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let handle = Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
  switch handle.append(UnsafeRawBufferPointer(start: data, count: size * count)) {
  case .more: return size * count
  case .pause: return Int(CURL_WRITEFUNC_PAUSE)
  case .enough: return 0
  }
}

private func readHeadLine(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let handle = Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
  return handle.takeHeadLine(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
}

extension Duration {
  /// The whole duration in milliseconds, rounded up.
  var milliseconds: Int {
    Int((nanoseconds + 999_999) / 1_000_000)
  }
}
