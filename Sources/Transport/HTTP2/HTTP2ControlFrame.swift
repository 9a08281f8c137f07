/// What costs a server work and brings it none, and that a hostile peer does in floods: frames without a
/// request in them, and requests that come to nothing.
enum HTTP2ControlFrame: Equatable, Sendable, CaseIterable {
  case emptyData
  case priority
  case reset
  case settings
  case ping
  case windowUpdate
  /// A frame for which the server had to reset its stream.
  case fault
  /// A request beyond the number of those that may be open.
  case refused
  case other
}
