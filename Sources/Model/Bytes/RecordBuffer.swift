/// A growing row of small records with one owner, kept for its memory: what an array is, without the question at
/// every change who else has it.
@safe
struct RecordBuffer<Record: BitwiseCopyable>: ~Copyable {
  /// Room for `capacity` records, of which the first `count` are there.
  private var memory: UnsafeMutablePointer<Record>

  /// The number of records.
  private(set) var count = 0

  /// The number of records that fit without growing.
  private(set) var capacity = 0

  init() {
    unsafe memory = .allocate(capacity: 0)
  }

  init(repeating record: Record, count: Int) {
    unsafe memory = .allocate(capacity: count)
    unsafe memory.initialize(repeating: record, count: count)
    self.count = count
    capacity = count
  }

  deinit {
    unsafe memory.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  var indices: Range<Int> { 0..<count }

  /// The memory kept, in bytes.
  var retainedBytes: Int { capacity * MemoryLayout<Record>.stride }

  /// The memory in use, in bytes.
  var usedBytes: Int { count &* MemoryLayout<Record>.stride }

  /// The records.
  var span: Span<Record> {
    @_lifetime(borrow self)
    get {
      unsafe _overrideLifetime(Span(_unsafeStart: memory, count: count), borrowing: self)
    }
  }

  /// - Precondition: there is a record of this index.
  subscript(index: Int) -> Record {
    @inline(__always)
    get {
      precondition(indices.contains(index))
      return unsafe memory[index]
    }
    @inline(__always)
    set {
      precondition(indices.contains(index))
      unsafe memory[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ record: Record) {
    if count == capacity { grow() }
    unsafe memory[count] = record
    count &+= 1
  }

  /// Forgets the records; keeps the memory.
  mutating func removeAll() {
    count = 0
  }

  @inline(never)
  private mutating func grow() {
    let larger = max(64, capacity * 2)
    let grown = UnsafeMutablePointer<Record>.allocate(capacity: larger)
    unsafe grown.update(from: memory, count: count)
    unsafe memory.deallocate()
    unsafe memory = grown
    capacity = larger
  }
}
