/// Moments as AWS writes them: `2026-08-17T10:00:00Z`, with or without a fraction.
package enum AWSTime {
    /// Seconds since the Unix epoch, or nil for any other form; programs write an offset in place of the `Z` as well.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let zone = bytes[19...].firstIndex(where: isZone),
            let offset = offset(bytes[zone...]), isFraction(bytes[19..<zone]),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), (1...12).contains(month),
            let day = number(bytes[8..<10]), let date = date(year, month, day),
            let hour = number(bytes[11..<13]), hour < 24,
            let minute = number(bytes[14..<16]), minute < 60, let second = number(bytes[17..<19]), second < 61
        else { return nil }
        return (date * 24 + hour) * 3600 + minute * 60 + second - offset
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

    private static func isZone(_ byte: UInt8) -> Bool {
        [UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte)
    }

    /// How many seconds `Z`, `±HH:MM` or `±HHMM` is before UTC.
    private static func offset(_ zone: ArraySlice<UInt8>) -> Int64? {
        guard let sign = zone.first, sign != UInt8(ascii: "Z") else { return zone.count == 1 ? 0 : nil }
        let digits = zone.dropFirst()
        let minutes = digits.dropFirst(2)
        guard digits.count == 4 || (digits.count == 5 && minutes.first == UInt8(ascii: ":")),
            let hour = number(digits.prefix(2)), hour < 24, let minute = number(minutes.suffix(2)), minute < 60
        else { return nil }
        return (hour * 60 + minute) * (sign == UInt8(ascii: "-") ? -60 : 60)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard bytes.count <= 9, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Days since the epoch, or nil for a day that the month does not have.
    private static func date(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
        let date = days(year, month, day)
        let end = month == 12 ? days(year + 1, 1, 1) : days(year, month + 1, 1)
        return day > 0 && date < end ? date : nil
    }

    /// Days since the epoch in the Gregorian calendar; years start in March, so that the leap day comes last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
