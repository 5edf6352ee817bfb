/// A wait before a request is sent again.
package struct RetryWait: Sendable {
    /// How long, in milliseconds.
    package let milliseconds: Int64
    /// Why, such as `SSM throttled` or `the broker answered 503`.
    package let reason: String
    /// Which try comes next, counted from 1.
    package let attempt: Int
    /// How many there are at most.
    package let maximum: Int

    /// Describes a wait of so many milliseconds before one of at most `maximum` tries.
    package init(milliseconds: Int64, reason: String, attempt: Int, maximum: Int) {
        (self.milliseconds, self.reason, self.attempt, self.maximum) = (milliseconds, reason, attempt, maximum)
    }

    /// One line for the log: `waiting 1.2 s: SSM throttled (2/6)`.
    package var text: String {
        let tenths = (milliseconds + 50) / 100
        return "waiting \(tenths / 10).\(tenths % 10) s: \(reason) (\(attempt)/\(maximum))"
    }
}
