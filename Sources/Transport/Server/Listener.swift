internal import NIOCore

/// A server that listens.
package final class Listener: Sendable {
  private let channel: any Channel
  private let connections: ConnectionTable

  init(channel: any Channel, connections: ConnectionTable) {
    self.channel = channel
    self.connections = connections
  }

  /// The port on which it listens.
  package var port: Int { channel.localAddress?.port ?? 0 }

  /// Where it listens, as the authority of a URL: `127.0.0.1:19093`, `[::1]:19093`.
  package var authority: String {
    guard let address = channel.localAddress, let host = address.ipAddress else { return "" }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  /// Returns when the server listens no more.
  ///
  /// - Throws: what ended it, where it was not ``close()``.
  package func closed() async throws {
    try await channel.closeFuture.get()
  }

  /// Takes no more connections, lets those there are end what they are at, and returns when they are
  /// gone. Where the task is cancelled, they are closed at once.
  package func close() async {
    // An error here means that it is closed already.
    try? await channel.close()
    await connections.close()
  }

  /// Closes everything at once.
  package func abort() async {
    try? await channel.close()
    connections.abort()
  }
}
