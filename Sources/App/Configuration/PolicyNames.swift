import ArgumentParser

enum RulerDialectName: String, ExpressibleByArgument, CaseIterable {
  case cortex, mimir
}

enum ConflictPolicyName: String, ExpressibleByArgument, CaseIterable {
  case kubernetes, ruler, hold
}

enum DriftPolicyName: String, ExpressibleByArgument, CaseIterable {
  case repair, report
}
