import InjectTesting
import Testing

@Suite("Which token is the job's")
struct TokenOptionsTests {
    @Test(
        "of two tokens that were named none is left out in silence",
        arguments: [
            (["--oidc-token-variable", "B", "--oidc-token-file", "a"], "--oidc-token-file", "--oidc-token-variable"),
            (["--oidc-token-file", "a", "--claim", "ref=x"], "--oidc-token-file", "--claim"),
            (["--claim", "ref=x", "--oidc-token-variable", "B"], "--oidc-token-variable", "--claim"),
        ] as [([String], String, String)]
    )
    func twoTokens(options: [String], one: String, other: String) throws {
        #expect(
            try Workplace().inject.run(["plan", "-e", "dev"] + options)
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[usage]: `\(one)` and `\(other)` name two tokens
                          = help: leave out one of them: `--claim` describes a token of this machine

                        """
                )
        )
    }

    @Test(
        "an option counts more than any variable",
        arguments: [
            ["--oidc-token-variable", "MINE"], ["--oidc-token-file", "token"],
            ["--claim", "event_name=push", "--claim", "ref=refs/heads/main"],
        ],
        ["INJECT_OIDC_TOKEN_FILE", "INJECT_OIDC_TOKEN_VARIABLE"]
    )
    func optionFirst(options: [String], variable: String) throws {
        let workplace = try Workplace()
        let token = try workplace.token(BadTokenTests.push)
        try workplace.folder.write("token", token)
        let result = try workplace.inject.run(
            ["plan", "-e", "prod"] + options, environment: ["MINE": token, variable: "nowhere"])
        #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
        #expect(result.output.contains("prod-deploy"))
    }
}
