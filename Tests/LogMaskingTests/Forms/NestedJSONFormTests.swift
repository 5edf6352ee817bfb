import LogMasking
import Testing

@Suite("JSON in JSON")
struct NestedJSONFormTests {
    @Test(
        "what is escaped twice is masked",
        arguments: [
            EncodedValue("say \"secret\"\n\\x", #"say \\\"secret\\\"\\n\\\\x"#, "python3 json.dumps(json.dumps(v))"),
            EncodedValue("tab\tbell\u{7}x", #"tab\\tbell\\u0007x"#, "python3 json.dumps(json.dumps(v))"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "nested-json") }

    @Test("what is escaped three times stays", arguments: [#"say \\\\\\\"secret\\\\\\\""#])
    func nearMiss(text: String) throws { #expect(try Masking(["say \"secret\""], text).text == text) }
}
