import Model
import Testing

struct AccessFileTests {
  private static let hash = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="

  @Test(
    arguments: [
      ("", []), ("Zg==", Array("f".utf8)), ("Zm8=", Array("fo".utf8)), ("Zm9v", Array("foo".utf8)),
      ("Zm9vYg==", Array("foob".utf8)), ("Zm9vYmE=", Array("fooba".utf8)), ("+/8A", [0xFB, 0xFF, 0]),
      ("Zg=", nil), ("Zg", nil), ("Z", nil), ("Z===", nil), ("====", nil), ("Zm9v\n", nil), ("Zm=v", nil),
      ("-_8A", nil),
    ] as [(String, [UInt8]?)])
  func base64(_ text: String, _ bytes: [UInt8]?) {
    #expect(Base64.decode(text) == bytes)
    if let bytes { #expect(Base64.encode(bytes) == text) }
  }

  @Test(arguments: [
    ("one", ["one"]), ("one\ntwo\n", ["one", "two"]), ("# tokens\r\n\r\n  one \r\n", ["one"]), ("a#b=", ["a#b="]),
  ])
  func tokens(_ text: String, _ tokens: [String]) throws {
    #expect(try TokenFile(text).tokens == tokens)
  }

  @Test(arguments: [
    ("", "there is no token"), ("# nothing\n\n", "there is no token"),
    ("good\nse cret", "line 2: a token has only visible characters of ASCII"),
    ("\nsécret", "line 2: a token has only visible characters of ASCII"),
  ])
  func brokenTokens(_ text: String, _ message: String) {
    let error = #expect(throws: CredentialFileError.self) { try TokenFile(text) }
    #expect(error?.description == message)
  }

  @Test func passwords() throws {
    let file = try PasswordFile("# users\nana:\(Self.hash)\r\n\nb b:\(Self.hash)\n")
    #expect(file.hashes.keys.sorted() == ["ana", "b b"])
    #expect(file.hashes["ana"]?.text == Self.hash)
  }

  @Test(arguments: [
    ("", "there is no user"), ("ana", "line 1: is not of the form user:hash"),
    (":\(hash)", "line 1: is not of the form user:hash"),
    ("ana:\(hash)\n# x\nana:\(hash)", "line 3: the user is there twice"),
    ("ana:plain", "line 1: the password is not hashed with bcrypt, SHA-256 or SHA-512 crypt, apr1 or {SHA}"),
  ])
  func brokenPasswords(_ text: String, _ message: String) {
    let error = #expect(throws: CredentialFileError.self) { try PasswordFile(text) }
    #expect(error?.description == message)
  }

  @Test(
    arguments: [
      ("$2y$10$dSbWhrqeQU40Y1BqmriuceeTrS5ZaBzFoECpW8/CntZY0vzXqKET6", .bcrypt),
      ("$2a$04$dSbWhrqeQU40Y1BqmriuceeTrS5ZaBzFoECpW8/CntZY0vzXqKET6", .bcrypt),
      ("$2y$18$dSbWhrqeQU40Y1BqmriuceeTrS5ZaBzFoECpW8/CntZY0vzXqKET6", nil),
      ("$2y$10$dSbWhrqeQU40Y1BqmriuceeTrS5ZaBzFoECpW8/CntZY0vzXqKET", nil),
      ("$2x$10$dSbWhrqeQU40Y1BqmriuceeTrS5ZaBzFoECpW8/CntZY0vzXqKET6", nil),
      ("$apr1$bMlFKpRa$qI1XFtobkQTVIbdlXcFAL.", .apr1), ("$apr1$bMlFKpRaX$qI1XFtobkQTVIbdlXcFAL.", nil),
      ("$1$bMlFKpRa$qI1XFtobkQTVIbdlXcFAL.", nil), ("{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", .sha1),
      ("{SHA}5en6G6MezRroT3XKqkdPOmY/Bf==", nil), ("{SSHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", nil),
      ("$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8", .sha256Crypt),
      ("$5$rounds=10000$saltstringsaltst$3xv.VbSCBX41eDL9L3voE6z4dPE3RTuwtgJ7dZkTbkB", .sha256Crypt),
      ("$5$rounds=99999999$saltstringsaltst$3xv.VbSCBX41eDL9L3voE6z4dPE3RTuwtgJ7dZkTbkB", nil),
      ("$6$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8", nil),
      ("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7", nil), ("", nil),
      ("rqXexS6ZhobKA", nil),
    ] as [(String, PasswordHash.Form?)])
  func forms(_ text: String, _ form: PasswordHash.Form?) {
    #expect(PasswordHash(text)?.form == form)
  }

  private static func basic(_ user: String, _ password: String) -> Authorization? {
    BasicCredentials(Array("\(user):\(password)".utf8)).map(Authorization.basic)
  }

  @Test(
    arguments: [
      ("Basic dXNlcjpwYXNzOndvcmQ=", basic("user", "pass:word")), ("basic  dXNlcjo=", basic("user", "")),
      ("BEARER abc.def", .bearer(Array("abc.def".utf8))), ("Basic dXNlcg==", nil), ("Basic !!!!", nil), ("Basic", nil),
      ("Basic ", nil), ("Digest username=x", nil), ("", nil), ("Basic /zph", nil),
    ] as [(String, Authorization?)])
  func authorization(_ field: String, _ authorization: Authorization?) {
    #expect(Authorization(field) == authorization)
  }
}
