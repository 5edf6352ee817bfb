import Foundation
import InjectTesting
import JOSE
import Secrets

/// A job of GitHub Actions on this machine: token service, issuer and broker are real servers, and all of them ours.
struct BrokerWorkplace {
    let workplace: Workplace
    let issuer: FakeIssuer
    let tokens: FakeIDTokenService
    let broker: FakeBroker

    static let secrets: KeyValuePairs<String, FakeBroker.Secret> = [
        "staging/DATABASE_URL": FakeBroker.Secret("postgres://h2/shop"),
        "staging/TLS_KEY": FakeBroker.Secret("-----BEGIN KEY-----", [("file", "tls/server.key")]),
        "prod/API_KEY": FakeBroker.Secret("sk_live_4242", refusal: "no grant matches"),
    ]

    private static func policy(issuer: String, broker: String) -> String {
        """
        version: "1"
        issuer: "\(issuer)"
        repository: acme/shop
        repository_id: "456789"
        environments:
          staging:
            exchange: { broker: "\(broker)" }
            secrets:
              DATABASE_URL: { from: "aws-sm:shop/staging/db" }
              TLS_KEY: { from: "aws-sm:shop/staging/tls", env: "false", file: { path: tls/server.key } }
            grants:
              - id: staging-deploy
                when: { event_name: push, ref: refs/heads/main }
                read: [DATABASE_URL, TLS_KEY]

        """
    }

    /// A workplace, without a policy file if that is wanted; `onToken` runs before the job gets its token.
    init(
        _ secrets: KeyValuePairs<String, FakeBroker.Secret> = Self.secrets,
        hasPolicy: Bool = true,
        onAccept: @escaping @Sendable () -> Void = {},
        onToken: @escaping @Sendable () -> Void = {}
    ) throws {
        let issuer = try FakeIssuer(likeGitHub: true)
        self.issuer = issuer
        broker = try FakeBroker(secrets, onAccept: onAccept)
        let policy = Self.policy(issuer: issuer.url, broker: broker.url)
        workplace = try Workplace(policy: hasPolicy ? policy : nil)
        tokens = try FakeIDTokenService { audience in
            onToken()
            return (try? issuer.jobToken(audience: audience.removingPercentEncoding ?? "")) ?? ""
        }
    }

    /// The variables of the job.
    var environment: [String: String] {
        [
            "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "INJECT_TRUST_LOCAL_ISSUER": "1",
            "ACTIONS_ID_TOKEN_REQUEST_URL": tokens.url,
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": FakeIDTokenService.bearer,
        ]
    }

    /// Runs the program as the job does; what differs from run to run is replaced.
    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandResult {
        normalized(try workplace.inject.run(arguments, environment: self.environment.merging(environment) { $1 }))
    }

    /// Runs the program from a shell that leaves its process number in the file `pid`.
    func runLeavingPID(_ arguments: String) throws -> CommandResult {
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"),
            in: workplace.folder.url,
            environment: environment.merging(["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home")]) { $1 }
        )
        let script = "echo $$ >pid; exec \(workplace.inject.path) \(arguments)"
        return normalized(try shell.run(["-c", script]))
    }

    /// The process number that `runLeavingPID` left.
    static func pid(in folder: String) -> pid_t? {
        let text = try? String(contentsOfFile: folder + "/pid", encoding: .utf8)
        return text.flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    private func normalized(_ result: CommandResult) -> CommandResult {
        CommandResult(status: result.status, output: normalized(result.output), error: normalized(result.error))
    }

    private func normalized(_ text: String) -> String {
        text.replacing(broker.url, with: "<broker>").replacing(issuer.url, with: "<issuer>")
            .replacing(/waiting \d\.\d s/, with: "waiting <time>")
            .replacing(/valid for \d+ s/, with: "valid for <time>")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("::add-mask::") }.joined(separator: "\n")
    }
}
