import ArgumentParser

/// The roles that a process can play.
enum Role: String, ExpressibleByArgument, CaseIterable {
  /// Receives remote write, and forwards it by tenant.
  case proxy
  /// Keeps rules in step between a rule store and the ruler.
  case informer
}
