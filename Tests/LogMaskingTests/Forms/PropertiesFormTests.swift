import LogMasking
import Testing

@Suite("Java's properties")
struct PropertiesFormTests {
    @Test(
        "what a file of properties needs escaped is masked",
        arguments: [
            EncodedValue("postgres://svc:9Kq2@db?x=1", #"postgres\://svc\:9Kq2@db?x\=1"#, "Properties.store"),
            EncodedValue("#p!\\\u{E4}\u{1F600}\ts", ##"\#p\!\\\u00E4\uD83D\uDE00\ts"##, "to a stream"),
            EncodedValue("#p!\\\u{E4}\u{1F600}\ts", ##"\#p\!\\ä😀\ts"##, "to a writer"),
            EncodedValue("escape:\u{1B}me", #"escape\:\u001Bme"#, "to a stream"),
        ]
    )
    func masked(example: EncodedValue) throws { try example.expectMasked(as: "properties") }

    @Test("another backslash stays", arguments: [#"pass\:word\-1"#, #"pass\\:word-1"#])
    func nearMiss(text: String) throws { #expect(try Masking(["pass:word-1"], text).text == text) }

    @Test("what is not UTF-8 has no such form")
    func invalid() throws {
        let value = Array("pass:".utf8) + [0xFF] + Array("word".utf8)
        let shown = Array(#"pass\:"#.utf8) + [0xFF] + Array("word".utf8)
        #expect(try Masking(patterns(of: value), [shown[...]]).output == shown)
    }
}
