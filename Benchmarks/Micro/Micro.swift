import AWSClient
import Diagnostics
import Foundation
import HTTPTransport
import InjectTesting
import JOSE
import LogMasking
import OIDC
import OpenSSLCrypto
import Secrets
import StrictJSON

/// What single steps of a job cost, beside OpenSSL's SHA-256 of 4 KiB, in one interleaved run: `Micro [ROUNDS]`.
///
/// It is built in release mode by `Benchmarks/micro` alone.
@main
struct Micro {
    /// Answers every request at once with the same bytes: what is left is the client's own work.
    private struct Echo: HTTPClient {
        let body: SecretBytes

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            HTTPResponse(status: 200, headers: [("Content-Type", "application/x-amz-json-1.1")], body: body)
        }
    }

    private struct GivenKeys: KeySource {
        let given: IssuerKeys

        func keys() async throws(Diagnostic) -> IssuerKeys { given }
        func keys(newerThan seen: IssuerKeys) async throws(Diagnostic) -> IssuerKeys? { nil }
    }

    struct Step {
        let name: String
        let repetitions: Int
        let body: () async throws -> Void
        var times: [Double] = []
    }

    private static let now: Int64 = 1_795_489_200

    static func main() async throws {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 15
        // Away from the main thread, to which each step would go back.
        try await Task.detached { try await measure(rounds) }.value
        try printAssertions(rounds: rounds)
    }

    private static func measure(_ rounds: Int) async throws {
        var steps = try cheap() + [token()] + aws() + decisions()
        for round in 0...rounds {
            for index in steps.indices {
                let start = ContinuousClock.now
                for _ in 0..<steps[index].repetitions { try await steps[index].body() }
                let time = (ContinuousClock.now - start) / steps[index].repetitions
                // The first round warms the caches.
                if round > 0 { steps[index].times.append(Double(time.components.attoseconds) / 1e12) }
            }
        }
        let base = median(steps[0].times)
        for step in steps {
            let time = median(step.times)
            print(
                step.name.padding(toLength: 52, withPad: " ", startingAt: 0)
                    + String(format: "%10.2f µs %8.2fx", time, time / base))
        }
    }

    private static func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

    private static func cheap() throws -> [Step] {
        let page = [UInt8](repeating: 7, count: 4096)
        let value = Array("a-secret-of-32-bytes-for-a-bench".utf8)
        let secret = try SecretBytes.of(String(decoding: value, as: UTF8.self))
        return [
            Step(name: "SHA-256 of 4 KiB", repetitions: 2000) {
                _ = try page.withUnsafeBytes { try DigestAlgorithm.sha256.hash($0) }
            },
            Step(name: "keep and wipe a secret of 32 bytes", repetitions: 2000) {
                _ = try value.withUnsafeBytes { try SecretBytes(copying: $0) }
            },
            Step(name: "derive the masks of a secret of 32 bytes", repetitions: 50) {
                _ = try MaskPatterns([MaskedValue(name: "A", value: secret)])
            },
        ]
    }

    private static func token() throws -> Step {
        let signer = try JWSSigner(key: .generateRSA())
        let payload = """
            {"iss":"https://token.actions.githubusercontent.com","aud":"x","sub":"repo:o/r:ref:refs/heads/main",\
            "jti":"j","iat":\(now),"nbf":\(now - 10),"exp":\(now + 300),"repository":"o/r","run_id":"7"}
            """
        let token = try UnverifiedToken(signer.sign(payload: Array(payload.utf8)))
        let set = try signer.jwks.withUnsafeBytes { try JWKSet(parsing: $0) }
        let keys = GivenKeys(given: IssuerKeys(set: set, fetchedAt: now, serverTime: now))
        let verifier = TokenVerifier(issuer: .github, keys: keys, now: { now })
        return Step(name: "verify a token of GitHub (RS256)", repetitions: 100) {
            _ = try await verifier.verify(token, audience: "x")
        }
    }

    private static func aws() throws -> [Step] {
        let entries = (0..<20).map { #"{"ARN":"s\#($0)","Name":"s\#($0)","SecretString":"value-\#($0)"}"# }
        let answer = #"{"SecretValues":[\#(entries.joined(separator: ","))],"Errors":[]}"#
        let connection = AWSConnection(
            try AWSSettings(region: "eu-west-1"),
            http: Echo(body: try .of(answer)),
            surroundings: .init(now: { now }, onWait: { _ in })
        )
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: try .of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            sessionToken: try .of(String(repeating: "t", count: 900))
        )
        let service = SecretsManager(connection)
        let names = (0..<20).map { "s\($0)" }
        return [
            Step(name: "sign a batch of 20 secrets and read its answer", repetitions: 100) {
                _ = try await service.batch(names, signedBy: credentials)
            }
        ]
    }
}
