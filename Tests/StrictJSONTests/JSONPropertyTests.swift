import InjectTesting
import StrictJSON
import Testing

@Suite("JSON, by property")
struct JSONPropertyTests {
    /// A random value and how deep it nests.
    static func value(_ random: inout SeededRandom, depth: Int) -> JSONWriter {
        switch random.below(depth > 0 ? 7 : 5) {
        case 0: .null
        case 1: .bool(random.below(2) == 0)
        case 2: .integer(Int64(random.below(1 << 40)) - (1 << 39))
        case 3, 4: .string(text(&random))
        case 5: .array((0..<random.below(4)).map { _ in value(&random, depth: depth - 1) })
        default:
            .object((0..<random.below(4)).map { ("\($0)" + text(&random), value(&random, depth: depth - 1)) })
        }
    }

    static func text(_ random: inout SeededRandom) -> String {
        let alphabet: [Character] = [
            "a", "\"", "\\", "/", "\n", "\u{0}", "\u{7F}", "é", "e\u{301}", "😀", "\u{2028}", "%",
        ]
        return String((0..<random.below(6)).map { _ in alphabet[random.below(alphabet.count)] })
    }

    static func same(_ node: JSONNode, _ value: JSONWriter, _ text: UnsafeRawBufferPointer) -> Bool {
        switch (node, value) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .integer(let b)): a.integer == b
        case (.string(let a), .string(let b)): a.bytes(in: text).elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { same($0, $1, text) }
        case (.object(let a), .object(let b)):
            a.members.count == b.count
                && zip(a.members, b).allSatisfy { $0.name.elementsEqual($1.0.utf8) && same($0.value, $1.1, text) }
        default: false
        }
    }

    @Test("what the writer writes, the reader reads back", arguments: 0..<2_000)
    func roundTrip(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let value = Self.value(&random, depth: 4)
        let text = Array(value.line.utf8)
        let document = try JSONDocument(text, limits: .document)
        #expect(text.withUnsafeBytes { Self.same(document.root, value, $0) }, "seed \(seed): \(value.line)")
    }

    @Test("no damage to a text makes the reader trap or read outside it")
    func damage() {
        let base = Array(
            #"{"iss":"https://a.b","aud":["x","\u00e9\ud83d\ude00"],"exp":17e2,"n":{"a":[true,false,null,-0.5]}}"#.utf8)
        var random = SeededRandom(seed: 42)
        var read = 0
        for _ in 0..<20_000 {
            var text = base
            for _ in 0...random.below(3) {
                let place = random.below(text.count)
                switch random.below(3) {
                case 0: text[place] = UInt8(random.below(256))
                case 1: text.remove(at: place)
                default: text.insert(UInt8(random.below(256)), at: place)
                }
            }
            if (try? JSONDocument(text, limits: .token)) != nil { read += 1 }
        }
        #expect(read > 0 && read < 20_000)
    }
}
