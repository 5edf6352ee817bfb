internal import Glibc

/// Times of records: UTC, as RFC 3339 writes them.
enum AuditTime {
    /// A time in milliseconds since the Unix epoch.
    static func milliseconds(_ time: Int64) -> String {
        "\(date(time / 1000)).\(padded(Int32(time % 1000), 3))Z"
    }

    /// A time in seconds since the Unix epoch.
    static func seconds(_ time: Int64) -> String { date(time) + "Z" }

    private static func date(_ seconds: Int64) -> String {
        var seconds = time_t(max(seconds, 0))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let day = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        return "\(day)T\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
    }

    private static func padded(_ number: Int32, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(count - text.count, 0)) + text
    }
}
