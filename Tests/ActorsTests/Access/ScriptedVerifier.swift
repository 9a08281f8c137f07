import Model
import TestSupport

/// Takes a password for right where it is in the hash's place, once the test lets it.
final class ScriptedVerifier: PasswordVerifier {
  static let hash = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="
  /// The one password that is right.
  static let password = "secret"

  let gate = Gate()
  /// The passwords that were checked, or wait for that.
  let checked = Watched<[String]>([])

  func verify(_ password: [UInt8], against hash: PasswordHash) async -> Bool {
    let password = String(decoding: password, as: UTF8.self)
    checked.update { $0.append(password) }
    try? await gate.wait()
    return password == Self.password
  }
}
