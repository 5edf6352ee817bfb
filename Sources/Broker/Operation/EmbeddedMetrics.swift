internal import StrictJSON

/// What was counted since the last time, as lines that CloudWatch makes metrics of (the embedded metric format).
package struct EmbeddedMetrics: Sendable {
    private static let namespace = "InjectBroker"
    private static let prefix = "inject_broker_"
    private static let suffix = "_total"

    private let node: String
    private var last: [String: Int] = [:]

    /// Metrics of a node, from zero on.
    package init(node: String) { self.node = node }

    /// A line for all counts without a label, and one for each with a label that has changed.
    package mutating func lines(_ metrics: BrokerMetrics, at milliseconds: Int64) -> [String] {
        let counts = metrics.counts
        var plain = metrics.names.filter { $0.plain }.map { ($0.name, 0) }
        var lines: [String] = []
        for (series, count) in counts.sorted(by: { $0.key < $1.key }) {
            let change = count - last[series, default: 0]
            let name = String(series.prefix { $0 != "{" })
            if let index = plain.firstIndex(where: { $0.0 == name }) {
                plain[index].1 = change
            } else if change > 0, let label = Self.label(series) {
                lines.append(line([(name, change)], label, milliseconds))
            }
        }
        last = counts
        return [line(plain, nil, milliseconds)] + lines
    }

    private func line(_ counts: [(String, Int)], _ label: (name: String, value: String)?, _ time: Int64) -> String {
        let dimensions = ["node"] + (label.map { [$0.name] } ?? [])
        let metrics = counts.map { count in
            JSONWriter.object([("Name", .string(Self.short(count.0))), ("Unit", .string("Count"))])
        }
        let directive = JSONWriter.object([
            ("Namespace", .string(Self.namespace)),
            ("Dimensions", .array([.array(dimensions.map(JSONWriter.string))])), ("Metrics", .array(metrics)),
        ])
        let head = JSONWriter.object([("Timestamp", .integer(time)), ("CloudWatchMetrics", .array([directive]))])
        return JSONWriter.object(
            [("_aws", head), ("node", .string(node))] + (label.map { [($0.name, .string($0.value))] } ?? [])
                + counts.map { (Self.short($0.0), .integer(Int64($0.1))) }
        ).line
    }

    private static func short(_ name: String) -> String {
        String(name.dropFirst(prefix.count).dropLast(name.hasSuffix(suffix) ? suffix.count : 0))
    }

    /// The one label of a series: `name{label="value"}`.
    private static func label(_ series: String) -> (name: String, value: String)? {
        let parts = series.split(separator: "{").last?.dropLast(2).split(separator: "=", maxSplits: 1)
        guard let parts, parts.count == 2 else { return nil }
        return (String(parts[0]), String(parts[1].dropFirst()))
    }
}
