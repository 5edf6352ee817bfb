import LogMasking
import Testing

@Suite("JSON in JSON")
struct NestedJSONFormTests {
    @Test(
        "what is escaped twice is masked",
        arguments: [
            EncodedValue("say \"secret\"\n\\x", #"say \\\"secret\\\"\\n\\\\x"#, "python3 json.dumps(json.dumps(v))"),
            EncodedValue("tab\tbell\u{7}x", #"tab\\tbell\\u0007x"#, "python3 json.dumps(json.dumps(v))"),
            EncodedValue("hunter2&<x>-3", #"hunter2\\u0026\\u003cx\\u003e-3"#, "terraform: jsonencode in an output"),
            EncodedValue("hunter2-\u{E4}\u{1F600}", #"hunter2-\\u00e4\\ud83d\\ude00"#, "python3: both in ASCII"),
            EncodedValue("hunter2-\u{E4}b", #"hunter2-\\u00E4b"#, "the same in upper case"),
            EncodedValue("pass/word/two", #"pass\\\/word\\\/two"#, "PHP json_encode(json_encode($v))"),
            EncodedValue("pass/word/two", #"pass\\/word\\/two"#, "Go json.Marshal of PHP's"),
            EncodedValue("a\"\u{E4}&b-two", #"a\\\"\\u00e4\u0026b-two"#, "Go json.Marshal of Python's"),
            EncodedValue("a\"\u{E4}&b-two", #"a\\\"\u00e4\\u0026b-two"#, "python3 json.dumps of Go's"),
            EncodedValue("a\"b'c-two", #"a\\u0022b\\u0027c-two"#, ".NET, twice"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "nested-json") }

    @Test(
        "what is escaped three times stays",
        arguments: [#"say \\\\\\\"secret\\\\\\\""#, #"say \\\\u0022secret\\\\u0022"#])
    func nearMiss(text: String) throws { #expect(try Masking(["say \"secret\""], text).text == text) }
}
