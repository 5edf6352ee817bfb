import HTTPTransport
import InjectTesting
import Secrets
import Synchronization
import Testing

@testable import AWSClient

@Suite("Tries")
struct RetryTests {
    static let throttled = #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#

    private func run(
        _ replies: [LoopbackReply],
        attempts: Int = 6,
        chance: Double = 1,
        repeating count: Int = 1
    ) async throws -> (waits: [String], tries: Int, successes: Int) {
        let next = Atomic<Int>(0)
        let server = try LoopbackServer { _ in
            replies[min(next.wrappingAdd(1, ordering: .relaxed).oldValue, replies.count - 1)]
        }
        var settings = try AWSSettings(region: "eu-west-1")
        settings.maximumAttempts = attempts
        try settings.override(.ssm, with: server.url, from: "test")
        let waits = Mutex<[String]>([])
        let clock = RetryClock(milliseconds: { 0 }, sleep: { _ in }, chance: { chance })
        let outside = AWSConnection.Surroundings(
            now: { 0 },
            clock: clock,
            onWait: { wait in waits.withLock { $0.append(wait.text) } }
        )
        let connection = AWSConnection(settings, http: CurlClient(), surroundings: outside)
        let call = AWSCall.json(.ssm, "GetParameters", target: "AmazonSSM", body: .bytes([]))
        var successes = 0
        for _ in 0..<count {
            do throws(AWSError) {
                _ = try await connection.send(call, signedBy: nil)
                successes += 1
            } catch {
                continue
            }
        }
        return (waits.withLock { $0 }, server.requests.count, successes)
    }

    @Test("throttling is waited out with times that double, and every wait is told")
    func throttling() async throws {
        let answers = Array(repeating: LoopbackReply.text(Self.throttled, status: 400), count: 4) + [.text("{}")]
        let result = try await run(answers)
        #expect(result.successes == 1 && result.tries == 5)
        #expect(
            result.waits == [
                "waiting 1.0 s: SSM throttled (2/6)", "waiting 2.0 s: SSM throttled (3/6)",
                "waiting 4.0 s: SSM throttled (4/6)", "waiting 8.0 s: SSM throttled (5/6)",
            ]
        )
    }

    @Test("a service's own wish counts, but not for more than 5 s beyond ours")
    func hint() async throws {
        let hints = [
            ("700", "waiting 0.7 s"), ("0", "waiting 0.0 s"), ("3600000", "waiting 5.0 s"), ("x", "waiting 0.0 s"),
        ]
        for (hint, expected) in hints {
            let headers = [(name: "x-amz-retry-after", value: hint)]
            let reply = LoopbackReply.text("", status: 503, headers: headers)
            let result = try await run([reply, .text("{}")], chance: 0)
            #expect(result.waits.first?.hasPrefix(expected) == true, "\(result.waits)")
        }
    }

    @Test(
        "what cannot become better is not tried again",
        arguments: [
            "AccessDeniedException", "ValidationException", "InvalidSignatureException", "ResourceNotFoundException",
        ]
    )
    func final(code: String) async throws {
        let result = try await run([.text(#"{"__type":"\#(code)"}"#, status: 400)])
        #expect(result.tries == 1 && result.waits.isEmpty)
    }

    @Test("tries end at the number that was set, and at what all requests may spend together")
    func limits() async throws {
        let busy = LoopbackReply.text(Self.throttled, status: 400)
        #expect(try await run([busy], attempts: 3).tries == 3)
        #expect(try await run([busy], attempts: 1).tries == 1)
        // 500 at 5 a try: a hundred tries besides each request's first one.
        #expect(try await run([busy], attempts: 50, repeating: 10).tries == 110)
    }

    @Test("delays grow to 20 s and stay within their bounds for any number")
    func delays() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<5000 {
            let retry = Int.random(in: -5...200, using: &random)
            let hint = Bool.random(using: &random) ? Int64.random(in: .min ... .max, using: &random) : nil
            let chance = Double.random(in: -1...2, using: &random)
            let delay = RetryDelay.milliseconds(before: retry, for: .throttled, hint: hint, chance: chance)
            #expect((0...25_000).contains(delay))
        }
        #expect(RetryDelay.milliseconds(before: 99, for: .transient, hint: nil, chance: 1) == 20_000)
        #expect(RetryDelay.milliseconds(before: 0, for: .transient, hint: nil, chance: 0.5) == 25)
    }
}
