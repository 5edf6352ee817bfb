internal import Glibc
package import Logging
internal import StrictJSON

/// Log lines in JSON on standard error.
package struct JSONLogHandler: LogHandler {
    /// What is not as grave is left out.
    package var logLevel: Logger.Level
    /// What every line says.
    package var metadata: Logger.Metadata = [:]

    private let label: String

    /// Makes a handler for a part of the program.
    package init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    /// One member of what every line says.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line with one call, so that lines of several threads stay whole.
    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 32)
        strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        let stamp = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let line = JSONWriter.object(
            [
                ("time", .string(stamp)), ("level", .string(event.level.rawValue)), ("part", .string(label)),
                ("message", .string(event.message.description)),
            ] + all.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value.description)) }
        )
        let bytes = Array((line.line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
