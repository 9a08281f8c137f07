import ArgumentParser

/// The roles that a process can play.
enum Role: String, ExpressibleByArgument, CaseIterable {
  /// Receives remote write, and forwards it by tenant.
  case proxy
}
