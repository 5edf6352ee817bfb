internal import FoundationEssentials

/// The system's clock, in two units since the Unix epoch.
enum BrokerClock {
    static let seconds: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

    static let milliseconds: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
}
