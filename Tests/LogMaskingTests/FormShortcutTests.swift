import InjectTesting
import Secrets
import Testing

@testable import LogMasking

@Suite("Forms")
struct FormShortcutTests {
    @Test(
        "leave out no text but the value itself where the value has no byte they change",
        arguments: 0..<10 as Range<UInt64>)
    func shortcuts(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<25 {
            let value = Self.value(&random)
            for form in MaskForms.all {
                let quick = try Self.texts(form, value, present: value.withUnsafeBytes { ByteSet(of: $0) })
                let whole = try Self.texts(form, value, present: .all)
                #expect(quick.isSubset(of: whole), "seed \(seed), \(form.name) of \(value)")
                #expect(
                    try whole.subtracting(quick).isSubset(of: Self.other(form, value)),
                    "seed \(seed), \(form.name) of \(value)")
            }
        }
    }

    /// The texts that may be left out: the value, and what an earlier form writes as well.
    private static func other(_ form: any MaskForm, _ value: [UInt8]) throws -> Set<[UInt8]> {
        switch form.name {
        case "base64url": try texts(Base64Form.standard, value, present: .all)
        case "nested-json": try texts(JSONForm(), value, present: .all).union([value])
        default: [value]
        }
    }

    /// A value of few kinds of characters, so that many forms have nothing to change.
    private static func value(_ random: inout SeededRandom) -> [UInt8] {
        let alphabets = [
            "abcXYZ019", "-._~", "/+=", "!'()*", "\"\\`$", "&<>|^%", " \t", "\n\r", "é€😀", "?~\u{7F}", "\u{1}\u{1B}",
        ]
        let chosen = Array(
            (0..<Int.random(in: 1...3, using: &random))
                .map { _ in alphabets[Int.random(in: 0..<alphabets.count, using: &random)] }.joined())
        let count = Int.random(in: 8...20, using: &random)
        let text = String((0..<count).map { _ in chosen[Int.random(in: 0..<chosen.count, using: &random)] })
        let isTorn = Int.random(in: 0..<8, using: &random) == 0
        return Array(text.utf8) + (isTorn ? [0xC3] : [])
    }

    private static func texts(_ form: any MaskForm, _ value: [UInt8], present: ByteSet) throws -> Set<[UInt8]> {
        var writer = try PatternWriter(values: 1)
        writer.present = present
        try value.withUnsafeBytes { try form.write($0, to: &writer) }
        let (pages, entries) = writer.finish()
        return pages.withExposedBytes { bytes in Set(entries.map { Array(bytes[$0.range]) }) }
    }
}
