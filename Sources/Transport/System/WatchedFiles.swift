/// Something that is made of files, and made anew when they change.
package protocol WatchedFiles: Sendable {
  /// The files' paths.
  var files: [String] { get }

  /// Reads the files. May block. What is there stays as it is where they are not in order.
  ///
  /// - Throws: what is wrong, fit for a log: no contents of a file that holds secrets.
  func reload() throws
}
