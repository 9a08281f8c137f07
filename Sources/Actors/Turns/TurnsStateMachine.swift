/// Whose turn it is, key by key: first come, first served.
struct TurnsStateMachine<Key: Hashable & Sendable>: ~Copyable {
  /// A place in the line for a key.
  struct Ticket: Hashable, Sendable {
    let key: Key
    let number: Int
  }

  /// The tickets of a key in order. The first one has the turn; a key without tickets has no line.
  private var lines: [Key: [Int]] = [:]
  private var lastNumber = 0

  /// How many have a turn or wait for one.
  var count: Int { lines.values.reduce(0) { $0 + $1.count } }

  /// Somebody wants a turn.
  ///
  /// - Returns: the ticket, and whether its turn is now.
  mutating func enter(_ key: Key) -> (ticket: Ticket, hasTurn: Bool) {
    lastNumber += 1
    lines[key, default: []].append(lastNumber)
    return (Ticket(key: key, number: lastNumber), lines[key]?.count == 1)
  }

  /// Whether it is this ticket's turn.
  func hasTurn(_ ticket: Ticket) -> Bool {
    lines[ticket.key]?.first == ticket.number
  }

  /// A turn is over, or somebody does not want to wait any more.
  ///
  /// - Returns: the ticket whose turn it is now, where that has changed.
  mutating func leave(_ ticket: Ticket) -> Ticket? {
    guard var line = lines[ticket.key], let place = line.firstIndex(of: ticket.number) else { return nil }
    line.remove(at: place)
    lines[ticket.key] = line.isEmpty ? nil : line
    guard place == 0, let next = line.first else { return nil }
    return Ticket(key: ticket.key, number: next)
  }
}
