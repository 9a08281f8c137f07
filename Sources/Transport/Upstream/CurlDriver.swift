internal import CCurl
internal import CLinux
internal import DequeModule
internal import Glibc
internal import Model
internal import Synchronization

/// Runs libcurl's multi interface on a thread of its own: libcurl's handles may not cross threads, and
/// its calls are not async.
///
/// The thread waits on an epoll of the sockets that libcurl names and of an eventfd that tells of new
/// work. Where requests are simple enough, libcurl only makes their connections: see ``PlainConnections``. How many transfers run at a time is limited here and not in libcurl, where those that wait
/// would be walked over again and again, with their time running.
final class CurlDriver: @unchecked Sendable {
  // @unchecked Sendable: everything but `inbox`, `wakeup` and `time` is touched only by the thread.
  private struct Inbox {
    var transfers: [CurlTransfer] = []
    /// Held, so that no other group gets the identity of one before this has been looked at.
    var cancelled: [any AnyObject & Sendable] = []
    var resumed: [any AnyObject & Sendable] = []
    var isStopping = false
    /// Whether the thread looks into the inbox by itself before it waits again.
    var isAwake = true

    var isEmpty: Bool { transfers.isEmpty && cancelled.isEmpty && resumed.isEmpty && !isStopping }
  }

  private let inbox = Mutex(Inbox())
  private let wakeup: Int32
  private let time: any TimeSource

  private let epoll: Int32
  private let multi: OpaquePointer
  private let maximumTransfers: Int
  private var idleHandles: [CurlHandle] = []
  private var running: [ObjectIdentifier: CurlHandle] = [:]
  private var waiting: Deque<CurlTransfer> = []
  private var timer: MonotonicTime?
  private let plain: PlainConnections

  /// - Parameter maximumTransfers: how many transfers run at a time; as many connections are kept.
  init(maximumTransfers: Int, time: any TimeSource) {
    CurlLibrary.start()
    guard let multi = curl_multi_init() else { fatalError("libcurl has no memory for a multi handle") }
    self.multi = OpaquePointer(multi)
    self.maximumTransfers = maximumTransfers
    self.time = time
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(epoll >= 0 && wakeup >= 0, "no file descriptors left for the upstream driver")
    plain = PlainConnections(epoll: epoll)
  }

  deinit {
    close(wakeup)
    close(epoll)
  }

  private var multiPointer: UnsafeMutableRawPointer { UnsafeMutableRawPointer(multi) }

  // MARK: From any thread

  /// Starts transfers. Each of them ends in one call of its receiver.
  func submit(_ transfers: [CurlTransfer]) {
    let isStopping = post { inbox in
      if !inbox.isStopping { inbox.transfers += transfers }
    }
    if isStopping {
      for transfer in transfers { transfer.receiver.transferEnded(transfer.tag, .cancelled) }
    }
  }

  /// Ends all transfers of a group that have not ended yet.
  func cancelTransfers(in group: any AnyObject & Sendable) {
    _ = post { $0.cancelled.append(group) }
  }

  /// Lets those of a group's transfers go on whose receiver wanted a pause.
  func resumeTransfers(in group: any AnyObject & Sendable) {
    _ = post { $0.resumed.append(group) }
  }

  /// Ends all transfers and then the thread. No transfer can be started after that.
  func stop() {
    _ = post { $0.isStopping = true }
  }

  /// - Returns: whether the driver is at its end.
  private func post(_ change: (inout Inbox) -> Void) -> Bool {
    let (needsWakeup, isStopping) = inbox.withLock { inbox in
      let isStopping = inbox.isStopping
      change(&inbox)
      defer { inbox.isAwake = true }
      return (!inbox.isAwake, isStopping)
    }
    if needsWakeup { eventfd_write(wakeup, 1) }
    return isStopping
  }

  // MARK: The thread

  /// Works until ``stop()``. The caller's thread is taken for that.
  func run() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    CCurl_setSocketCallback(multiPointer, socketChanged, context)
    CCurl_setTimerCallback(multiPointer, timerChanged, context)
    CCurl_setMultiLong(multiPointer, CURLMOPT_MAXCONNECTS, maximumTransfers)
    // Of one connection of HTTP/2; there are more connections where there are more requests.
    CCurl_setMultiLong(multiPointer, CURLMOPT_MAX_CONCURRENT_STREAMS, 100)
    watch(wakeup, for: EPOLLIN.rawValue, isNew: true)
    var events = [epoll_event](repeating: epoll_event(), count: 128)
    while takeInbox() {
      wait(&events)
      runTimer()
      collectFinished()
    }
    endAll()
  }

  /// - Returns: false at the end.
  private func takeInbox() -> Bool {
    let (transfers, cancelled, resumed, isStopping) = inbox.withLock { inbox in
      defer {
        inbox.transfers.removeAll(keepingCapacity: true)
        inbox.cancelled.removeAll(keepingCapacity: true)
        inbox.resumed.removeAll(keepingCapacity: true)
      }
      return (inbox.transfers, inbox.cancelled, inbox.resumed, inbox.isStopping)
    }
    waiting.append(contentsOf: transfers)
    // Before it is looked for those that are given up: one may have been lost at the same moment.
    for transfer in plain.takeLost().reversed() { waiting.prepend(transfer.onNewConnection) }
    for group in cancelled { endTransfers { $0.group == ObjectIdentifier(group) } }
    for group in resumed { resume(ObjectIdentifier(group)) }
    startWaiting()
    return !isStopping
  }

  private func resume(_ group: ObjectIdentifier) {
    for handle in running.values where handle.transfer?.group == group { handle.resume() }
  }

  private func startWaiting() {
    while running.count + plain.inUse < maximumTransfers, let transfer = waiting.popFirst() {
      let now = time.now
      let timeout = transfer.deadline - now
      guard timeout > .zero else {
        transfer.receiver.transferEnded(transfer.tag, .timeout)
        continue
      }
      if transfer.isPlain, !transfer.needsNewConnection, plain.begin(transfer, now: now) { continue }
      let handle = idleHandles.popLast() ?? CurlHandle()
      handle.prepare(transfer, timeout: timeout)
      running[ObjectIdentifier(handle)] = handle
      precondition(curl_multi_add_handle(multiPointer, handle.pointer) == CURLM_OK, "libcurl refused a transfer")
    }
  }

  private func wait(_ events: inout [epoll_event]) {
    // From here on new work has to wake the thread, unless some came in the meantime.
    let mayWait = inbox.withLock { inbox in
      inbox.isAwake = !inbox.isEmpty
      return !inbox.isAwake
    }
    let count = epoll_wait(epoll, &events, Int32(events.count), mayWait ? timeout : 0)
    inbox.withLock { $0.isAwake = true }
    for event in events.prefix(Int(max(0, count))) {
      if event.data.fd == wakeup {
        var ignored: eventfd_t = 0
        eventfd_read(wakeup, &ignored)
      } else if !plain.advance(event.data.fd, event.events, now: time.now) {
        act(on: event.data.fd, curlEvents(of: event.events))
      }
    }
  }

  /// In milliseconds, for epoll: until libcurl's timer or the first deadline, rounded up so as not to come too early.
  private var timeout: Int32 {
    guard let next = [timer, plain.nextDeadline].compactMap({ $0 }).min() else { return -1 }
    return Int32(clamping: max(.zero, next - time.now).milliseconds)
  }

  private func runTimer() {
    plain.endOverdue(now: time.now)
    guard let timer, timer <= time.now else { return }
    self.timer = nil
    act(on: CCurl_socketTimeout, 0)
  }

  private func act(on socket: Int32, _ events: Int32) {
    var stillRunning: Int32 = 0
    curl_multi_socket_action(multiPointer, socket, events, &stillRunning)
  }

  private func curlEvents(of events: UInt32) -> Int32 {
    var result: Int32 = 0
    if events & EPOLLIN.rawValue != 0 { result |= CURL_CSELECT_IN }
    if events & EPOLLOUT.rawValue != 0 { result |= CURL_CSELECT_OUT }
    if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { result |= CURL_CSELECT_ERR }
    return result
  }

  private func collectFinished() {
    var remaining: Int32 = 0
    while let message = curl_multi_info_read(multiPointer, &remaining) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      // The message is gone with its handle: read it first.
      let code = CCurl_resultOf(message)
      var context: UnsafeMutableRawPointer?
      CCurl_getPointer(easy, CURLINFO_PRIVATE, &context)
      guard let context else { preconditionFailure("a transfer without its handle") }
      finish(Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue(), code)
    }
  }

  private func finish(_ handle: CurlHandle, _ code: CURLcode) {
    if code == CURLE_OK, handle.transfer?.isPlain == true { return handOver(handle) }
    remove(handle)
    let (transfer, result) = handle.finish(code)
    idleHandles.append(handle)
    transfer.receiver.transferEnded(transfer.tag, result)
  }

  /// Takes the connection that a handle has made.
  private func handOver(_ handle: CurlHandle) {
    let socket = handle.duplicateSocket()
    let error = errno
    remove(handle)
    let (transfer, _) = handle.finish(CURLE_OK)
    idleHandles.append(handle)
    guard socket >= 0 else {
      return transfer.receiver.transferEnded(transfer.tag, .failure(String(cString: strerror(error))))
    }
    plain.adopt(socket, for: transfer)
  }

  private func remove(_ handle: CurlHandle) {
    curl_multi_remove_handle(multiPointer, handle.pointer)
    running[ObjectIdentifier(handle)] = nil
  }

  // MARK: Cancelling

  private func endTransfers(where isConcerned: (CurlTransfer) -> Bool) {
    for handle in running.values.filter({ $0.transfer.map(isConcerned) ?? false }) {
      remove(handle)
      let (transfer, _) = handle.finish(CURLE_ABORTED_BY_CALLBACK)
      idleHandles.append(handle)
      transfer.receiver.transferEnded(transfer.tag, .cancelled)
    }
    plain.endTransfers(with: .cancelled, where: isConcerned)
    let concerned = waiting.filter(isConcerned)
    waiting.removeAll(where: isConcerned)
    for transfer in concerned { transfer.receiver.transferEnded(transfer.tag, .cancelled) }
  }

  private func endAll() {
    endTransfers { _ in true }
    idleHandles.removeAll()
    curl_multi_cleanup(multiPointer)
  }

  // MARK: From libcurl

  fileprivate func watch(_ socket: Int32, for events: UInt32, isNew: Bool) {
    var event = epoll_event(events: events, data: epoll_data_t(fd: socket))
    epoll_ctl(epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event)
  }

  fileprivate func unwatch(_ socket: Int32) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nil)
  }

  /// A socket that libcurl names for the first time has no mark; the mark says that it is known.
  fileprivate func mark(_ socket: Int32) {
    curl_multi_assign(multiPointer, socket, multiPointer)
  }

  fileprivate func setTimer(milliseconds: Int) {
    timer = milliseconds < 0 ? nil : time.now + .milliseconds(milliseconds)
  }
}

private func socketChanged(
  _ easy: UnsafeMutableRawPointer?, _ socket: Int32, _ what: Int32, _ context: UnsafeMutableRawPointer?,
  _ socketContext: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context else { return 0 }
  let driver = Unmanaged<CurlDriver>.fromOpaque(context).takeUnretainedValue()
  guard what != CURL_POLL_REMOVE else {
    driver.unwatch(socket)
    return 0
  }
  var events: UInt32 = 0
  if what & CURL_POLL_IN != 0 { events |= EPOLLIN.rawValue }
  if what & CURL_POLL_OUT != 0 { events |= EPOLLOUT.rawValue }
  driver.watch(socket, for: events, isNew: socketContext == nil)
  if socketContext == nil { driver.mark(socket) }
  return 0
}

private func timerChanged(
  _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context else { return 0 }
  Unmanaged<CurlDriver>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds: milliseconds)
  return 0
}
