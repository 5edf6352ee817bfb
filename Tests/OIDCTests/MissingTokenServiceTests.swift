import HTTPTransport
import InjectTesting
import OIDC
import Secrets
import Testing

@Suite("A job without a token service")
struct MissingTokenServiceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("outside Actions, asking with claims is pointed to")
    func outside() async {
        let text = await ask([:], "token-outside-actions")
        #expect(text.contains("inject plan --claim event_name=push"))
    }

    @Test("a job without the permission is shown the lines to add")
    func permission() async {
        let text = await ask(["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push"], "token-permission")
        #expect(text.contains("permissions:\n"))
        #expect(text.contains("  id-token: write\n"))
    }

    @Test(
        "a pull request from a fork is told apart from one of the repository's own",
        arguments: [
            (#"{"repo":{"full_name":"fork/r"}}"#, "token-fork"), (#"{"repo":null}"#, "token-fork"),
            (#"{"repo":{"full_name":"o/r"}}"#, "token-permission"),
        ],
        ["pull_request", "pull_request_review", "pull_request_review_comment"]
    )
    func fork(head: (String, String), event: String) async throws {
        let payload = #"{"pull_request":{"head":\#(head.0),"base":{"repo":{"full_name":"o/r"}}}}"#
        let path = try folder.write("event.json", payload)
        _ = await ask(
            ["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": path],
            head.1
        )
    }

    @Test("`pull_request_target` of a fork only lacks the permission")
    func target() async throws {
        let payload =
            #"{"pull_request":{"head":{"repo":{"full_name":"fork/r"}},"base":{"repo":{"full_name":"o/r"}}}}"#
        let path = try folder.write("event.json", payload)
        _ = await ask(
            ["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_EVENT_PATH": path],
            "token-permission"
        )
    }

    @Test("an event that cannot be read is no fork", arguments: ["", "{", "[]", #"{"pull_request":7}"#, "{}"])
    func unreadable(payload: String) async throws {
        let path = try folder.write("event.json", payload)
        let variables = ["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": path]
        _ = await ask(variables, "token-permission")
        _ = await ask(variables.merging(["GITHUB_EVENT_PATH": "/absent"]) { $1 }, "token-permission")
    }

    @Test("a variable without the other, or an empty one, counts as none")
    func half() async {
        _ = await ask(
            ["GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://a.example/?b"], "token-permission")
        _ = await ask(["GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": ""], "token-permission")
    }

    private func ask(_ variables: [String: String], _ id: String) async -> String {
        let source = GitHubTokenSource(environment: EnvironmentVariables(text: variables), http: CurlClient())
        return await expectDiagnostic(id) { try await source.token(audience: "a") }
    }
}
