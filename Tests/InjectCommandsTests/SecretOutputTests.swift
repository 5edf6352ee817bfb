import Foundation
import InjectTesting
import Testing

/// Runs the program in many ways that fail, and searches everything that anybody can see of it.
@Suite("no secret in what inject says")
struct SecretOutputTests {
    private static let value = "kQ7wZ2vX9mB4tY6pL1sD8fG3hJ5"
    private static let dotenv = "DATABASE_URL=\(value)\nTLS_KEY='\(value)\n\(value)'\n"

    /// What a run is given, beside a policy and a token that are right.
    struct Failing: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var arguments: [String]
        var variables: [String: String] = [:]
        var dotenv = SecretOutputTests.dotenv
        var policy = Workplace.policy
    }

    static let failing: [Failing] = [
        Failing(testDescription: "no command", arguments: []),
        Failing(testDescription: "unknown command", arguments: ["--", "nowhere"]),
        Failing(testDescription: "no program", arguments: ["--", "/etc/passwd"]),
        Failing(testDescription: "unknown option", arguments: ["--nowhere", "--", "true"]),
        Failing(testDescription: "unknown secret", arguments: ["--only", "NOWHERE", "--", "true"]),
        Failing(testDescription: "unknown environment", arguments: ["-e", "nowhere", "--", "true"]),
        Failing(testDescription: "collision", arguments: ["--", "true"], variables: ["DATABASE_URL": value]),
        Failing(testDescription: "bad switch", arguments: ["--", "true"], variables: ["INJECT_QUIET": "perhaps"]),
        Failing(testDescription: "replaced", arguments: ["--replace", "--no-masking", "--", "true"]),
        Failing(testDescription: "killed", arguments: ["--", "sh", "-c", "kill -SEGV $$"]),
        Failing(
            testDescription: "inject misaligned", arguments: ["--", "sh", "-c", "kill -BUS $PPID; exec sleep 1000"]),
        Failing(testDescription: "inject crashed", arguments: ["--", "sh", "-c", "kill -SEGV $PPID; exec sleep 1000"]),
        Failing(testDescription: "inject trapped", arguments: ["--", "sh", "-c", "kill -ILL $PPID; exec sleep 1000"]),
        Failing(testDescription: "printed", arguments: ["--fail-on-leak", "--", "sh", "-c", "env; cat $TLS_KEY_FILE"]),
        Failing(
            testDescription: "its arguments", arguments: ["--", "sh", "-c", "tr '\\0' ' ' </proc/$PPID/cmdline; false"]),
        Failing(
            testDescription: "value too large", arguments: ["--", "true"],
            dotenv: dotenv + String(repeating: "x", count: 70_000)),
        Failing(
            testDescription: "broken file", arguments: ["--", "true"],
            dotenv: "DATABASE_URL='\(value)\nTLS_KEY=\(value)\n"),
        Failing(testDescription: "duplicate", arguments: ["--", "true"], dotenv: dotenv + dotenv),
        Failing(testDescription: "no assignment", arguments: ["--", "true"], dotenv: dotenv + value),
        Failing(testDescription: "broken policy", arguments: ["--", "true"], policy: Workplace.policy + "  x: [\n"),
    ]

    @Test("neither a value nor the token is in any output", arguments: failing)
    func outputs(failing: Failing) throws {
        let workplace = try Workplace(policy: failing.policy, dotenv: failing.dotenv)
        let token = try workplace.token([(name: "event_name", value: "push")])
        try workplace.folder.write("token", token)
        let isGiven = failing.arguments.contains("-e")
        let arguments = (isGiven ? [] : ["-e", "dev"]) + ["--oidc-token-file", "token"] + failing.arguments
        // Swift's own reports of crashes read all memory.
        let variables = failing.variables.merging(["SWIFT_BACKTRACE": "enable=yes,registers=all"]) { first, _ in first }
        let result = try workplace.inject.run(arguments, environment: variables)
        #expect(result.status != 0)
        let said = result.output + result.error
        #expect(!said.contains("Program crashed"))
        for secret in [Self.value, token, String(token.suffix(40))] {
            #expect(!said.contains(secret), "\(said)")
            #expect(!said.contains(Data(secret.utf8).base64EncodedString().dropLast(4)))
        }
    }
}
