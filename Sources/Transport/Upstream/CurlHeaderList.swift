internal import CCurl

/// The header fields of a request, in libcurl's form. Made once and used for many requests.
final class CurlHeaderList: @unchecked Sendable {
  // @unchecked Sendable: the list is complete when `init` returns, and libcurl only reads it.
  let list: UnsafeMutablePointer<curl_slist>?

  /// - Parameter fields: complete lines, such as `Name: value`; `Name:` leaves a field out that libcurl
  ///   would send by itself.
  init(_ fields: [String]) {
    list = fields.reduce(nil) { list, field in
      guard let longer = curl_slist_append(list, field) else { fatalError("out of memory") }
      return longer
    }
  }

  deinit {
    curl_slist_free_all(list)
  }
}
