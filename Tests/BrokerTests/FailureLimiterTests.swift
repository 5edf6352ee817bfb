import Broker
import InjectTesting
import Testing

@Suite("FailureLimiter")
struct FailureLimiterTests {
    @Test("an address waits once it has failed too often, for the rest of the window, and no other does")
    func limit() {
        let clock = FakeClock(1000)
        let limiter = FailureLimiter(limit: 3, seconds: 60) { clock.now }
        #expect((0..<4).map { _ in limiter.fail("a") } == [false, false, true, false])
        clock.advance(20)
        #expect(limiter.wait("a") == 40)
        #expect(limiter.wait("b") == nil)
        clock.advance(40)
        #expect(limiter.wait("a") == nil)
        #expect(!limiter.fail("a") && limiter.wait("a") == nil)
    }

    @Test("a limit of nothing counts nothing")
    func none() {
        let limiter = FailureLimiter(limit: 0, seconds: 60) { 0 }
        #expect(!limiter.fail("a") && limiter.wait("a") == nil)
    }

    @Test("a flood of addresses does not fill the memory, and the limit works after it")
    func flood() {
        let limiter = FailureLimiter(limit: 1, seconds: 60) { 0 }
        for index in 0..<70_000 { _ = limiter.fail("\(index)") }
        #expect(limiter.fail("new") && limiter.wait("new") == 60)
    }
}
