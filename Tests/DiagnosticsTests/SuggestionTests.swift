import Diagnostics
import Testing

@Suite("Suggestion")
struct SuggestionTests {
    static let keys = ["environments", "environment", "secrets", "grants", "deny", "ref"]

    @Test(
        "a slip finds what was meant",
        arguments: [
            ("enviroments", "environments"), ("secret", "secrets"), ("denny", "deny"), ("grant", "grants"),
            ("dney", "deny"), ("erf", "ref"),
        ]
    )
    func near(text: String, meant: String) {
        #expect(Suggestion.nearest(to: text, among: Self.keys) == meant)
    }

    @Test("something else finds nothing", arguments: ["", "permissions", "x", "zzz"])
    func far(text: String) {
        #expect(Suggestion.nearest(to: text, among: Self.keys) == nil)
    }
}
