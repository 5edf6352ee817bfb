import Broker
import Testing

@Suite("SecretPath")
struct SecretPathTests {
    @Test("a path is an environment and a secret's name", arguments: ["prod/API_KEY", "eu-1.prod_x/_A9"])
    func good(text: String) {
        #expect(SecretPath(text)?.description == text)
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "/", "prod", "prod/", "/A", "prod/A/B", "prod/9A", "prod/A-B", "pr od/A", "prod/A ", "prödd/A",
            "prod/*",
            "prod//A", "prod/A\n", "a\u{0}b/A",
        ]
    )
    func bad(text: String) {
        #expect(SecretPath(text) == nil)
    }
}
