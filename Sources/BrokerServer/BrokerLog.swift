package import Logging

/// Logs in JSON, from a level on.
package enum BrokerLog {
    /// The levels, the most talkative first.
    package static let levels = Logger.Level.allCases.map(\.rawValue)

    /// A logger for a part of the program; `level` is one of swift-log's names.
    package static func logger(_ label: String, level: String) -> Logger {
        Logger(label: label) { JSONLogHandler(label: $0, level: Logger.Level(rawValue: level) ?? .info) }
    }
}
