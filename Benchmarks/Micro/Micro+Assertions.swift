import Foundation
import Policy
import PolicyAnalysis

extension Micro {
    /// How long single assertions take to prove among 10, 200 and 2,000 grants: the goal is p99 below 1 ms at 200.
    ///
    /// Half of them hold, and half are refuted with a token. For comparison: Amazon says of Zelkova that a policy is found
    /// to be public or not in less than 3 s for 99.999 % of policies (amazon.science, "Projective model counting for IP
    /// addresses in access control policies", 2024).
    static func printAssertions(rounds: Int) throws {
        for size in [10, 200, 2_000] {
            let policy = try policy(grants: size, rest: assertions(100, about: size))
            let start = ContinuousClock.now
            let prover = try PolicyProver(policy)
            let prepared = microseconds(ContinuousClock.now - start)
            var times: [Double] = []
            for round in 0...rounds {
                for assertion in policy.assertions {
                    let start = ContinuousClock.now
                    _ = try prover.proof(of: assertion)
                    // The first round warms the caches.
                    if round > 0 { times.append(microseconds(ContinuousClock.now - start)) }
                }
            }
            times.sort()
            let at = { (part: Double) in times[min(Int(Double(times.count) * part), times.count - 1)] }
            print(
                "prove an assertion, \(size) grants".padding(toLength: 40, withPad: " ", startingAt: 0)
                    + String(format: "p50 %8.1f µs  p99 %8.1f µs  max %8.1f µs", at(0.5), at(0.99), at(1))
                    + String(format: "  (prepare %.0f µs)", prepared))
        }
    }

    private static func microseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e6 + Double(duration.components.attoseconds) / 1e12
    }

    private static func assertions(_ count: Int, about grants: Int) -> String {
        var text = "assert:\n"
        for number in 0..<count {
            let claim =
                switch number % 4 {
                case 0: "never: { event_name: pull_request }"
                case 1: "never: { ref: refs/heads/release-\(number % grants) }"
                case 2: "only: { event_name: push }"
                default: "only: { environment: \"prod-\(number % 20)\" }"
                }
            text += "  - { id: a\(number), \(claim), read: prod/KEY }\n"
        }
        return text
    }
}
