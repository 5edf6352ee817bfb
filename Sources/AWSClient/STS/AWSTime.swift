/// Moments as AWS writes them: `2026-08-17T10:00:00Z`, with or without a fraction.
package enum AWSTime {
    /// Seconds since the Unix epoch, or nil for any other form.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), isFraction(bytes[19..<(bytes.count - 1)]),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), (1...12).contains(month),
            let day = number(bytes[8..<10]), (1...31).contains(day), let hour = number(bytes[11..<13]), hour < 24,
            let minute = number(bytes[14..<16]), minute < 60, let second = number(bytes[17..<19]), second < 61
        else { return nil }
        return (days(year, month, day) * 24 + hour) * 3600 + minute * 60 + second
    }

    /// A moment of seconds since the Unix epoch in that form.
    package static func text(_ seconds: Int64) -> String {
        let compact = Array(AWSTimestamp(seconds).dateTime)
        let parts = [compact[..<4], compact[4..<6], compact[6..<11], compact[11..<13], compact[13...]].map {
            String($0)
        }
        return "\(parts[0])-\(parts[1])-\(parts[2]):\(parts[3]):\(parts[4])"
    }

    private static func isFraction(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.isEmpty || (bytes.count > 1 && bytes.first == UInt8(ascii: ".") && number(bytes.dropFirst()) != nil)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard bytes.count <= 9, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Days since the epoch in the Gregorian calendar; years start in March, so that the leap day comes last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
