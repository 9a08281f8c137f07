import ArgumentParser
import Model

// Words of the command line, as the model calls them.

extension RulerDialect: ExpressibleByArgument {}

extension SyncPolicy.Conflict: ExpressibleByArgument {}

extension SyncPolicy.Drift: ExpressibleByArgument {}

extension SyncPolicy.Duplicates: ExpressibleByArgument {}
