import Foundation
import InjectTesting
import Testing

@testable import AWSClient

@Suite("AWS's times")
struct AWSTimeTests {
    @Test("moments are read and written as another calendar does")
    func calendar() throws {
        let formatter = ISO8601DateFormatter()
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            let seconds = Int64.random(in: 0...253_402_300_799, using: &random)
            let text = formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
            #expect(AWSTime.seconds(text) == seconds && AWSTime.text(seconds) == text)
            #expect(AWSTime.seconds(String(text.dropLast()) + ".5Z") == seconds)
            let compact = text.replacing("-", with: "").replacing(":", with: "")
            #expect(AWSTimestamp(seconds).dateTime == compact)
            #expect(AWSTimestamp(seconds).date == String(compact.prefix(8)))
        }
    }

    @Test(
        "anything else is no moment",
        arguments: [
            "", "2026", "2026-08-17", "2026-08-17T10:00:00", "2026-08-17 10:00:00Z", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+00:00",
            "２０２６-01-01T00:00:00Z", "-026-01-01T00:00:00Z",
        ]
    )
    func refused(text: String) { #expect(AWSTime.seconds(text) == nil) }
}
