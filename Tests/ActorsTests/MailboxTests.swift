import Testing

@testable import Actors

@Suite struct MailboxTests {
  @Test(arguments: [1, 2, 100])
  func noMoreIsTakenThanThereIsRoom(capacity: Int) {
    let mailbox = Mailbox<Int>(capacity: capacity)
    for message in 0..<capacity { #expect(mailbox.offer(message)) }
    #expect(!mailbox.offer(capacity))
    #expect(mailbox.count == capacity)
    mailbox.release()
    #expect(mailbox.count == capacity - 1)
  }

  /// A message that was taken out is still in work: only its release makes room.
  @Test func whatIsInWorkTakesRoom() async {
    let mailbox = Mailbox<Int>(capacity: 1)
    var messages = mailbox.messages.makeAsyncIterator()
    #expect(mailbox.offer(1))
    #expect(await messages.next() == 1)
    #expect(!mailbox.offer(2))
    mailbox.release()
    #expect(mailbox.offer(3))
    #expect(await messages.next() == 3)
  }

  @Test func whatWaitsIsDeliveredAfterTheEnd() async {
    let mailbox = Mailbox<Int>(capacity: 5)
    for message in 1...3 { #expect(mailbox.offer(message)) }
    mailbox.close()
    #expect(!mailbox.offer(4))
    #expect(mailbox.count == 3)
    var received: [Int] = []
    for await message in mailbox.messages { received.append(message) }
    #expect(received == [1, 2, 3])
    mailbox.close()
  }

  @Test func messagesEndWithTheMailbox() async {
    var mailbox: Mailbox<Int>? = Mailbox(capacity: 1)
    let messages = mailbox?.messages
    mailbox = nil
    var iterator = messages?.makeAsyncIterator()
    #expect(await iterator?.next() == nil)
  }

  /// The work on a message never exceeds the capacity, whoever offers and releases at the same time.
  @Test func manyMayOfferAtATime() async {
    let mailbox = Mailbox<Int>(capacity: 8)
    let received = Task {
      var received = 0
      for await _ in mailbox.messages {
        #expect(mailbox.count >= 1)
        received += 1
        mailbox.release()
      }
      return received
    }
    let taken = await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { (0..<1000).count { mailbox.offer($0) } }
      }
      return await group.reduce(0, +)
    }
    mailbox.close()
    #expect(await received.value == taken)
    #expect(mailbox.count == 0)
  }

  // MARK: Waiting for the end of all work

  @Test func anEmptyMailboxIsEmptiedAtOnce() async {
    await Mailbox<Int>(capacity: 1).emptied()
  }

  @Test func emptiedReturnsWithTheLastRelease() async {
    let mailbox = Mailbox<Int>(capacity: 2)
    #expect(mailbox.offer(1) && mailbox.offer(2))
    let waiter = Task.immediate {
      await mailbox.emptied()
      return mailbox.count
    }
    mailbox.release()
    mailbox.release()
    #expect(await waiter.value == 0)
  }

  @Test func emptiedReturnsWhenItsTaskIsCancelled() async {
    let mailbox = Mailbox<Int>(capacity: 1)
    #expect(mailbox.offer(1))
    let waiter = Task.immediate { await mailbox.emptied() }
    waiter.cancel()
    await waiter.value
    let cancelledBefore = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      await mailbox.emptied()
    }
    await cancelledBefore.value
    #expect(mailbox.count == 1)
  }

  /// Somebody who gives up does not send the others home.
  @Test func emptiedReturnsToEachForItself() async {
    let mailbox = Mailbox<Int>(capacity: 1)
    #expect(mailbox.offer(1))
    let patient = Task.immediate {
      await mailbox.emptied()
      return mailbox.count
    }
    let impatient = Task.immediate { await mailbox.emptied() }
    impatient.cancel()
    await impatient.value
    // Whoever was woken by mistake gets the time to be found out.
    for _ in 0..<1000 { await Task.yield() }
    mailbox.release()
    #expect(await patient.value == 0)
  }
}
