/// A system call has failed with this error.
struct POSIXFailure: Error {
  let code: Int32
}
