internal import Model
internal import Synchronization

/// A token in a file, which the kubelet replaces before it expires.
final class TokenFileCredentials: KubernetesCredentials {
  private struct Token {
    var credential: KubernetesCredential
    var read: MonotonicTime
    var isRefused = false
  }

  private static let interval = Duration.seconds(60)

  private let file: String
  private let time: any TimeSource
  private let token = Mutex<Token?>(nil)

  init(file: String, time: any TimeSource) {
    self.file = file
    self.time = time
  }

  func current() async throws(KubernetesFailure) -> KubernetesCredential {
    try token.withLock { token throws(KubernetesFailure) in
      let now = time.now
      if let token, !token.isRefused, now - token.read < Self.interval { return token.credential }
      do throws(KubernetesFailure) {
        let credential = try read()
        token = Token(credential: credential, read: now)
        return credential
      } catch {
        // The file is on its way: what it held may still be good.
        guard let token else { throw error }
        return token.credential
      }
    }
  }

  func refused(_ credential: KubernetesCredential) async {
    token.withLock { if $0?.credential == credential { $0?.isRefused = true } }
  }

  private func read() throws(KubernetesFailure) -> KubernetesCredential {
    let text: String
    do {
      text = try SmallFile.read(file)
    } catch {
      throw KubernetesFailure(.unauthorized, "the token cannot be read: \(error)")
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 1, words[0].utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw KubernetesFailure(.unauthorized, "\(file): holds no token")
    }
    return .bearer(String(words[0]))
  }
}
