/// What a receiver wants of the rest of a body.
enum CurlAppetite {
  case more
  /// The piece again, and the rest, once the transfer is told to go on.
  case pause
  /// Nothing: the transfer ends.
  case enough
}
