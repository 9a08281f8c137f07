import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

struct CryptPasswordsTests {
  // The hashes are from libcrypt itself, from `openssl passwd` and from Python's hashlib.
  @Test(arguments: [
    ("secret", "$2y$10$dSbWhrqeQU40Y1BqmriuceeTrS5ZaBzFoECpW8/CntZY0vzXqKET6"),
    ("secret", "$apr1$bMlFKpRa$qI1XFtobkQTVIbdlXcFAL."),
    ("secret", "$5$YjCF.JvBCf4ACNhi$.FHkqC521ogiPhyTODJngEY.Qf0JIYPGUv36x6pPz16"),
    (
      "secret",
      "$6$1F5Gcp7fdXdXYHfZ$JWnFchQ71yan16cigku8oFbkDE1wGtwu4ysOr.1RfuJX9m/0tpU7TPEQGR/cvZWqJlAkkKYsp7kynmyha5Umk1"
    ),
    ("secret", "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="),
    ("Hello world!", "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5"),
    ("Hello world!", "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA"),
    ("", "{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
  ])
  func thePasswordIsTheOneThatWasHashed(_ password: String, _ text: String) async throws {
    let hash = try #require(PasswordHash(text))
    let verifier = CryptPasswords()
    #expect(await verifier.verify(Array(password.utf8), against: hash))
    for wrong in [password + "x", String(password.dropLast()) + "?", password + "\0", password.uppercased() + "\0"] {
      #expect(await !verifier.verify(Array(wrong.utf8), against: hash))
    }
    #expect(await !verifier.verify(Array(repeating: 65, count: 600), against: hash))
  }

  /// Lengths around those at which the algorithm takes another step.
  @Test(arguments: [0, 1, 7, 15, 16, 17, 32, 33, 72])
  func apr1IsWhatOpenSSLMakesOfIt(_ length: Int) async throws {
    let password = String(repeating: "pässword1", count: 9).prefix(length)
    let openssl = try ChildProcess(
      URL(filePath: "/usr/bin/openssl"), ["passwd", "-apr1", "-salt", "salt\(length)", String(password)])
    try await openssl.waitForExit()
    let hash = try #require(openssl.outputLines.first)
    #expect(String(decoding: APR1.hash(Array(password.utf8), like: hash), as: UTF8.self) == hash)
  }

  @Test func digestsDependOnTheProcess() {
    let (one, other) = (ProcessSecretDigest(), ProcessSecretDigest())
    #expect(one.digest([1, 2]) == one.digest([1, 2]))
    #expect(one.digest([1, 2]) != one.digest([2, 1]))
    #expect(one.digest([1, 2]) != other.digest([1, 2]))
    #expect(one.digest([]).count == 32)
  }
}
