import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("JSON strings")
struct JSONFormTests {
    static let value = "café 😀 a/b\n\"q\"\\<&'+=>"

    static let examples = [
        EncodedValue(value, #"café 😀 a/b\n\"q\"\\<&'+=>"#, "node JSON.stringify(v); jq @json"),
        EncodedValue(value, #"caf\u00e9 \ud83d\ude00 a/b\n\"q\"\\<&'+=>"#, "python3 json.dumps(v)"),
        EncodedValue(value, #"café 😀 a/b\n\"q\"\\\u003c\u0026'+=\u003e"#, "Go json.Marshal"),
        EncodedValue(value, #"caf\u00e9 \ud83d\ude00 a\/b\n\"q\"\\<&'+=>"#, "PHP json_encode"),
        EncodedValue(value, #"café 😀 a\/b\n\"q\"\\<&'+=>"#, "Swift JSONEncoder"),
        EncodedValue(value, #"café 😀 a/b\n\"q\"\\\u003c\u0026\u0027+\u003d\u003e"#, "Gson"),
        EncodedValue(value, #"café 😀 a/b\n\"q\"\\\u003c\u0026\u0027+=\u003e"#, "Newtonsoft EscapeHtml"),
        EncodedValue(value, #"caf\u00E9 \uD83D\uDE00 a/b\n\u0022q\u0022\\\u003C\u0026\u0027\u002B=\u003E"#, ".NET"),
        EncodedValue(value, #"café 😀 a\u002Fb\n\"q\"\\\u003C&'+=\u003E"#, "serialize-javascript"),
        EncodedValue("tab\there\u{1}\u{8}\u{C}\r.", #"tab\there\u0001\b\f\r."#, "node JSON.stringify(v)"),
    ]

    @Test("each writer's choice of escapes is masked", arguments: examples)
    func escapes(example: EncodedValue) throws { try example.expectMasked(as: "json") }

    @Test("bytes that are not UTF-8 stand as they are between the escapes")
    func invalid() throws {
        let value = Array("quote\"".utf8) + [0xFF, 0xC3] + Array("\nend".utf8)
        let shown = Array(#"quote\""#.utf8) + [0xFF, 0xC3] + Array(#"\nend"#.utf8)
        #expect(try Masking(patterns(of: value), [shown[...]]).text == "***")
    }

    @Test("Foundation's encoding of any text is masked", arguments: 0..<200)
    func leak(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let value = "\"" + String((0..<7 + random.below(20)).map { _ in randomCharacter(&random) }) + "!"
        for options in [[], .withoutEscapingSlashes] as [JSONEncoder.OutputFormatting] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = options
            let encoded = String(decoding: try encoder.encode([value]), as: UTF8.self)
            #expect(try Masking([value], encoded).text == #"["***"]"#, "seed \(seed): \(encoded)")
        }
    }
}
