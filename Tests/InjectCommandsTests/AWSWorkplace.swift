import Foundation
import InjectTesting
import JOSE
import Secrets

/// A job of GitHub Actions on this machine: token service, issuer and AWS are real servers, and only the last is another
/// maker's.
struct AWSWorkplace {
    let workplace: Workplace
    let moto: MotoServer
    let issuer: FakeIssuer
    let tokens: FakeIDTokenService

    static let role = "arn:aws:iam::123456789012:role/inject-staging"

    static func policy(issuer: String, secrets: String) -> String {
        let names = secrets.split(separator: "\n").map { $0.prefix { $0 != ":" } }.joined(separator: ", ")
        let lines = secrets.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        return """
            version: "1"
            issuer: "\(issuer)"
            repository: acme/shop
            repository_id: "456789"
            environments:
              staging:
                exchange:
                  aws: { role: "\(role)", region: eu-west-1 }
                secrets:
            \(lines)
                grants:
                  - id: staging-deploy
                    when: { event_name: push, ref: [refs/heads/main, "refs/heads/release/*"] }
                    read: [\(names)]

            """
    }

    /// A workplace whose policy has these secrets, each a line of it.
    init(secrets: String, steps: [FakeIDTokenService.Step] = [.token]) throws {
        let issuer = try FakeIssuer(likeGitHub: true)
        self.issuer = issuer
        workplace = try Workplace(policy: Self.policy(issuer: issuer.url, secrets: secrets))
        moto = try MotoServer()
        tokens = try FakeIDTokenService(steps) { audience in
            (try? issuer.jobToken(audience: audience)) ?? ""
        }
    }

    /// The variables of the job.
    var environment: [String: String] {
        [
            "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "INJECT_TRUST_LOCAL_ISSUER": "1",
            "ACTIONS_ID_TOKEN_REQUEST_URL": tokens.url,
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": FakeIDTokenService.bearer, "AWS_ENDPOINT_URL": moto.url,
        ]
    }

    /// Runs the program as the job does.
    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandResult {
        let result = try workplace.inject.run(
            arguments,
            environment: self.environment.merging(environment) { $1 }
        )
        return CommandResult(status: result.status, output: normalized(result.output), error: normalized(result.error))
    }

    private func normalized(_ text: String) -> String {
        text.replacing(moto.url, with: "<aws>").replacing(/request [A-Za-z0-9-]+/, with: "request <id>")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("::add-mask::") }.joined(separator: "\n")
    }
}
