import InjectTesting
import LogMasking
import Testing

@Suite("UTF-16")
struct UTF16FormTests {
    // printf 'h€llo-😀!' | iconv -f UTF-8 -t UTF-16LE
    @Test("both byte orders are masked", arguments: [false, true])
    func orders(isBigEndian: Bool) throws {
        let value = "h€llo-😀!"
        let bytes = value.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let shown =
            isBigEndian ? stride(from: 0, to: bytes.count, by: 2).flatMap { [bytes[$0 + 1], bytes[$0]] } : bytes
        let masking = try Masking(patterns(of: value.utf8), [[0x41] + shown + [0x42]])
        #expect(masking.text == "A***B")
        #expect(masking.report.entries.map(\.form) == ["utf-16"])
    }

    @Test("what is not UTF-8 has no such form")
    func invalid() throws {
        let value: [UInt8] = [0xFF, 0x61, 0x62, 0x63, 0x64]
        let shown: [UInt8] = [0x61, 0, 0x62, 0, 0x63, 0, 0x64, 0]
        #expect(try Masking(patterns(of: value), [shown[...]]).output == shown)
    }
}
