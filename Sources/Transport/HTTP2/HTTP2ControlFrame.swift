/// The frames that cost a server work and bring it none, and that a hostile peer sends in floods.
enum HTTP2ControlFrame: Equatable, Sendable, CaseIterable {
  case emptyData
  case priority
  case reset
  case settings
  case ping
  case windowUpdate
  case other
}
