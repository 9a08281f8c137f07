/// Apache's hash of passwords: MD5, a thousand times over.
enum APR1 {
  private static let name = Array("$apr1$".utf8)
  private static let digits = Array("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  /// The bytes of the digest that make up four characters each.
  private static let groups = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]]

  /// Hashes a password.
  ///
  /// - Parameter hash: a hash, of which the salt is taken.
  static func hash(_ password: [UInt8], like hash: String) -> [UInt8] {
    let salt = Array(hash.utf8.dropFirst(name.count).prefix { $0 != UInt8(ascii: "$") }.prefix(8))
    var digest = first(password, salt)
    for round in 0..<1000 {
      var text = round.isMultiple(of: 2) ? digest : password
      if !round.isMultiple(of: 3) { text += salt }
      if !round.isMultiple(of: 7) { text += password }
      text += round.isMultiple(of: 2) ? password : digest
      digest = Digest.md5(text)
    }
    return name + salt + [UInt8(ascii: "$")] + encoded(digest)
  }

  private static func first(_ password: [UInt8], _ salt: [UInt8]) -> [UInt8] {
    let inner = Digest.md5(password + salt + password)
    var text = password + name + salt
    for start in stride(from: 0, to: password.count, by: 16) { text += inner.prefix(password.count - start) }
    var length = password.count
    while length > 0 {
      text.append(length.isMultiple(of: 2) ? password[0] : 0)
      length /= 2
    }
    return Digest.md5(text)
  }

  private static func encoded(_ digest: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for group in groups {
      text += characters(group.reduce(0) { $0 << 8 | Int(digest[$1]) }, count: 4)
    }
    return text + characters(Int(digest[11]), count: 2)
  }

  /// Six bits a character, the lowest first.
  private static func characters(_ value: Int, count: Int) -> [UInt8] {
    (0..<count).map { digits[value >> (6 * $0) & 0x3F] }
  }
}
