import InjectTesting
import OIDC
import Testing

@Suite("A token's times")
struct TokenTimesTests {
    private var bench: TokenBench

    init() throws { bench = try TokenBench() }

    /// Offsets are from the verifier's clock; the leeway is 60 s and the greatest age 600 s.
    @Test(
        "times within the leeway are accepted",
        arguments: [
            (iat: 0, nbf: 0, exp: 300), (60, 60, 300), (-600, -600, 1), (-600, -600, -59), (-300, -900, 100_000),
        ] as [(Int64, Int64, Int64)]
    )
    func accepted(iat: Int64, nbf: Int64, exp: Int64) async throws {
        _ = try await verify(iat, nbf, exp)
    }

    @Test(
        "times beyond the leeway are refused, each with its own id",
        arguments: [
            (-301, -901, -60, "token-expired"), (-301, -901, -1000, "token-expired"),
            (-601, -1201, 300, "token-too-old"), (-601, -1201, 9_000_000, "token-too-old"),
            (-22_000, -22_000, 100, "token-too-old"), (0, 61, 300, "token-not-yet-valid"),
            (61, 0, 361, "token-clock-skew"), (9_000_000, 0, 9_000_300, "token-clock-skew"),
        ] as [(Int64, Int64, Int64, String)]
    )
    func refused(iat: Int64, nbf: Int64, exp: Int64, id: String) async {
        await expectDiagnostic(id) { try await verify(iat, nbf, exp) }
    }

    @Test("the largest times of all do not overflow")
    func largest() async {
        let largest = "9007199254740992"
        await expectDiagnostic("token-clock-skew") { try await bench.verify([("iat", largest), ("exp", largest)]) }
        await expectDiagnostic("token-not-yet-valid") { try await bench.verify([("nbf", largest)]) }
        await expectDiagnostic("token-expired") { try await bench.verify([("exp", "0")]) }
        await expectDiagnostic("token-too-old") { try await bench.verify([("iat", "0")]) }
    }

    @Test("a refusal shows the token's times and our clock")
    func text() async {
        let text = await expectDiagnostic("token-expired") { try await verify(-300, -900, -100) }
        #expect(text.contains("the token expired 100 s ago"))
        let now = TokenBench.now
        #expect(text.contains("iat \(now - 300), nbf \(now - 900), exp \(now - 100), our clock \(now)\n"))
    }

    @Test(
        "where the issuer's own clock disagrees with ours, the clock is to blame", arguments: [-4000, 4000] as [Int64])
    func skew(lead: Int64) async {
        var bench = bench
        bench.serverTime = bench.now + lead
        let text = await expectDiagnostic("token-clock-skew") {
            try await bench.verify([("iat", String(bench.now - 700)), ("exp", String(bench.now - 100))])
        }
        #expect(text.contains("clock is 4000 s \(lead < 0 ? "ahead of" : "behind") the issuer's"))
        #expect(text.contains("issuer's clock \(bench.now + lead)"))
    }

    @Test("a clock that is wrong does not refuse a token that is good by ours")
    func skewAlone() async throws {
        var bench = bench
        bench.serverTime = bench.now + 4000
        _ = try await bench.verify()
    }

    private func verify(_ iat: Int64, _ nbf: Int64, _ exp: Int64) async throws -> VerifiedToken {
        try await bench.verify([
            ("iat", String(bench.now + iat)), ("nbf", String(bench.now + nbf)), ("exp", String(bench.now + exp)),
        ])
    }
}
