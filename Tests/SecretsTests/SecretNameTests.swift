import Secrets
import Testing

@Suite("SecretName")
struct SecretNameTests {
    @Test(
        "names of environment variables are accepted", arguments: ["A", "_", "DATABASE_URL", "a1", "_9", "lower_case"])
    func accepted(text: String) {
        #expect(SecretName(text)?.text == text)
    }

    @Test(
        "anything a shell could not name is refused",
        arguments: ["", "1A", "A-B", "A B", "A=B", "É", "A\u{0}", "A.B", String(repeating: "A", count: 256)]
    )
    func refused(text: String) {
        #expect(SecretName(text) == nil)
    }

    @Test(
        "names that make programs run code are dangerous",
        arguments: [
            "PATH", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "BASH_ENV", "ENV", "PROMPT_COMMAND", "NODE_OPTIONS",
            "PYTHONSTARTUP", "PERL5OPT", "RUBYOPT", "JAVA_TOOL_OPTIONS", "GIT_SSH_COMMAND", "GITHUB_TOKEN",
            "RUNNER_TEMP",
            "ACTIONS_RUNTIME_TOKEN", "INJECT_POLICY", "IFS",
        ]
    )
    func dangerous(text: String) {
        #expect(SecretName(text)?.isDangerous == true)
    }

    @Test(
        "ordinary names are not dangerous",
        arguments: ["DATABASE_URL", "PATHS", "ENVIRONMENT", "MY_LD_PRELOAD", "path"])
    func harmless(text: String) {
        #expect(SecretName(text)?.isDangerous == false)
    }

    @Test("names sort by bytes")
    func order() {
        let sorted = ["b", "A", "_", "a"].compactMap(SecretName.init).sorted().map(\.text)
        #expect(sorted == ["A", "_", "a", "b"])
    }
}
