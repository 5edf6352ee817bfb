import Foundation
import InjectTesting
import JOSE
import OIDC
import OpenSSLCrypto
import Secrets
import StrictJSON

/// A repository with a policy, a machine's data folder, and the real program to run in it.
struct Workplace {
    /// The repository.
    let folder: TemporaryFolder
    /// The program.
    let inject: CommandRunner

    static let policy = """
        version: "1"
        repository: acme/shop
        repository_id: "456789"
        environments:
          dev:
            local: "true"
            secrets:
              DATABASE_URL: { from: "dotenv:.env.local" }
              TLS_KEY:
                from: "dotenv:.env.local"
                env: "false"
                file: { path: tls/server.key }
            grants:
              - id: everyone-locally
                when: { event_name: [local, push] }
                read: [DATABASE_URL, TLS_KEY]
          prod:
            secrets:
              API_KEY: { from: "aws-sm:shop/prod/api" }
            grants:
              - id: prod-deploy
                when: { event_name: push, ref: refs/heads/main }
                read: API_KEY

        """

    static let dotenv = """
        DATABASE_URL=postgres://shop:hunter2-hunter2@db/shop
        TLS_KEY='-----BEGIN KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
        -----END KEY-----'

        """

    init(policy: String? = Self.policy, dotenv: String? = Self.dotenv) throws {
        folder = try TemporaryFolder()
        if let policy { try folder.write("inject.yaml", policy) }
        if let dotenv { try folder.write(".env.local", dotenv) }
        try folder.write("home/.keep", "")
        inject = try CommandRunner(
            product: "inject",
            in: folder,
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path("home"), "LC_ALL": "C.UTF-8"]
        )
    }

    /// Runs the program; times in what it printed are replaced by `<time>`, the folder by `<folder>`.
    func run(
        _ arguments: String...,
        environment: [String: String] = [:],
        input: String = ""
    ) throws -> CommandResult {
        normalized(try inject.run(arguments, environment: environment, input: Array(input.utf8)))
    }

    /// Runs the program as a step of GitHub's, whose output goes through a pipe and not into a file.
    func step(_ arguments: [String], environment: [String: String] = [:], input: String = "") throws -> CommandResult {
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"),
            in: folder.url,
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path("home"), "LC_ALL": "C.UTF-8"]
        )
        // The exit code goes past the pipe.
        let script = #"exec 4>&1; exit "$({ { "$0" "$@" 3>&- 4>&-; echo $? >&3; } | cat >&4; } 3>&1)""#
        let result = try shell.run(
            ["-c", script, inject.path] + arguments,
            environment: ["GITHUB_ACTIONS": "true"].merging(environment) { $1 },
            input: Array(input.utf8)
        )
        return normalized(result)
    }

    /// A token of this workplace's own local issuer with these claims and times.
    func token(_ claims: [(name: String, value: String)] = [], audience: String = "inject", issuedAt: Int64? = nil)
        throws -> String
    {
        let issuer = try LocalIssuer(folder: folder.path("home/.local/share/inject"))
        let given = [(name: "repository", value: "acme/shop"), (name: "repository_id", value: "456789")] + claims
        let now = issuedAt ?? Int64(Date().timeIntervalSince1970)
        let token = try issuer.token(FakeClaims(given, audience: audience, now: now))
        return token.bytes.withExposedBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func normalized(_ result: CommandResult) -> CommandResult {
        CommandResult(status: result.status, output: normalized(result.output), error: normalized(result.error))
    }

    private func normalized(_ text: String) -> String {
        text.replacing(folder.url.path, with: "<folder>")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>")
            .replacing(/\b1[789]\d{8}\b/, with: "<time>")
    }
}
