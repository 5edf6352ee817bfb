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
        "an offset is taken from the time",
        arguments: [
            ("2026-08-17T10:00:00+00:00", "2026-08-17T10:00:00Z"),
            ("2026-08-17T12:00:00+02:00", "2026-08-17T10:00:00Z"),
            ("2026-08-17T12:00:00.25+0200", "2026-08-17T10:00:00Z"),
            ("2026-08-16T23:30:00-0330", "2026-08-17T03:00:00Z"), ("2028-02-29T23:00:00-14:00", "2028-03-01T13:00:00Z"),
        ]
    )
    func offsets(text: String, utc: String) throws {
        #expect(AWSTime.text(try #require(AWSTime.seconds(text))) == utc)
    }

    @Test(
        "anything else is no moment",
        arguments: [
            "", "2026", "2026-08-17", "2026-08-17T10:00:00", "2026-08-17 10:00:00Z", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z", "２０２６-01-01T00:00:00Z",
            "-026-01-01T00:00:00Z", "2026-01-00T00:00:00Z", "2027-02-31T00:00:00Z", "2027-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-01-01T00:00:00+", "2026-01-01T00:00:00+00", "2026-01-01T00:00:00+000",
            "2026-01-01T00:00:00+0:000", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60",
            "2026-01-01T00:00:00+00:00Z", "2026-01-01T00:00:00Z+00:00", "2026-01-01T00:00:00.+00:00",
        ]
    )
    func refused(text: String) { #expect(AWSTime.seconds(text) == nil) }
}
