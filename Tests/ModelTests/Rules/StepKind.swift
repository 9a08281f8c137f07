import Model

/// What a step does, without the details.
enum StepKind: String, Sendable {
  case none, adopt, bury, forget, push, remove, importGroup, takeOver

  init(_ action: PlanAction) {
    self =
      switch action {
      case .none: .none
      case .adopt: .adopt
      case .bury: .bury
      case .forget: .forget
      case .push: .push
      case .remove: .remove
      case .importGroup: .importGroup
      case .takeOver: .takeOver
      }
  }
}
