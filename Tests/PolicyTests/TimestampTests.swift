import Foundation
import InjectTesting
import Policy
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "RFC 3339 times are seconds since 1970",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1), ("2026-11-24T02:00:00Z", 1_795_485_600),
            ("2026-11-24T02:00:00+01:30", 1_795_480_200), ("2026-11-24T02:00:00-00:30", 1_795_487_400),
            ("2024-02-29T12:00:00Z", 1_709_208_000), ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ]
    )
    func times(text: String, seconds: Int64) {
        #expect(Timestamp.seconds(text) == seconds)
    }

    @Test(
        "anything else is no time",
        arguments: [
            "", "2026-11-24", "2026-11-24T02:00:00", "2026-11-24 02:00:00Z", "2026-11-24T24:00:00Z",
            "2026-11-24T02:60:00Z", "2026-11-24T02:00:60Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z",
            "2026-11-24T02:00:00.5Z", "2026-11-24T02:00:00+24:00", "2026-11-24T02:00:00+0100", "2026-11-24T02:00:00ZZ",
            "+026-11-24T02:00:00Z", "٢٠٢٦-11-24T02:00:00Z", "2026-11-24T02:00:00+é:00",
        ]
    )
    func refused(text: String) {
        #expect(Timestamp.seconds(text) == nil)
    }

    @Test("both ways agree with Foundation's calendar")
    func calendar() throws {
        let style = Date.ISO8601FormatStyle()
        var random = SeededRandom(seed: 5)
        for _ in 0..<2_000 {
            let seconds = Int64(random.below(253_402_300_800))
            let text = Timestamp.text(seconds)
            #expect(text == Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style))
            #expect(Timestamp.seconds(text) == seconds)
        }
    }

    @Test("no number of seconds traps", arguments: [Int64.min, -62_167_219_201, 253_402_300_800, .max])
    func extremes(seconds: Int64) {
        #expect(!Timestamp.text(seconds).isEmpty)
    }
}
