/// The two forms of a moment that a signature needs, in UTC.
struct AWSTimestamp: Sendable {
    /// `20260817T093000Z`.
    let dateTime: String
    /// `20260817`.
    let date: String

    /// A moment in seconds since the Unix epoch.
    init(_ seconds: Int64) {
        let day = seconds.flooredQuotient(86_400)
        let time = seconds - day * 86_400
        let (year, month, dayOfMonth) = Self.civil(day)
        date = Self.pad(year, 4) + Self.pad(month, 2) + Self.pad(dayOfMonth, 2)
        dateTime = date + "T" + Self.pad(time / 3600, 2) + Self.pad(time / 60 % 60, 2) + Self.pad(time % 60, 2) + "Z"
    }

    /// The Gregorian date of a day since the epoch, counted in years that start in March, whose leap day comes last.
    private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
