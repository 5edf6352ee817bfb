import LogMasking
import Testing

@Suite("YAML's double quotes")
struct YAMLFormTests {
    @Test(
        "what is not ASCII is masked as PyYAML has it",
        arguments: [
            EncodedValue("hunter2-\u{E4}\u{1F600}", #"hunter2-\xE4\U0001F600"#, "python3 yaml.safe_dump"),
            EncodedValue("say \"\u{E4}\u{20AC}\"\tnow", #"say \"\xE4\u20AC\"\tnow"#, "python3 yaml.safe_dump"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "yaml") }

    @Test("another code stays", arguments: [#"hunter2-\xE5"#, #"hunter2-\XE4"#])
    func nearMiss(text: String) throws { #expect(try Masking(["hunter2-\u{E4}"], text).text == text) }
}
