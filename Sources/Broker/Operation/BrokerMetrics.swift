internal import Synchronization

/// What a broker counts, as Prometheus reads it; labels are kinds and reasons, never a repository's or a secret's name.
package final class BrokerMetrics: Sendable {
    /// Something that is counted.
    package enum Count: Hashable, Sendable {
        /// A scoped token was issued.
        case exchange
        /// Values were served.
        case fetch(Int)
        /// A scoped token was taken back.
        case revocation
        /// A request was refused, with the record's reason.
        case refusal(String)
        /// A request was turned away before it was looked at.
        case limited
        /// An event could not be recorded.
        case auditFailure
        /// An alert was raised.
        case alert(Alert.Kind)
        /// An alert did not reach the webhook.
        case undelivered
        /// The policies were read, or were bad.
        case reload(isGood: Bool)
        /// The certificate was read, or was bad.
        case certificate(isGood: Bool)
    }

    private struct State {
        var counts: [String: Int] = [:]
        var uses: Set<String> = []
    }

    private static let mostUses = 100_000
    private let state = Mutex(State())

    /// Starts at zero.
    package init() {}

    /// Counts one.
    package func count(_ count: Count) {
        let (name, amount) = Self.series(count)
        state.withLock { $0.counts[name, default: 0] += amount }
    }

    /// Whether this use is the first since the start; of very many, some are called first again.
    func isFirstUse(_ use: String) -> Bool {
        state.withLock { state in
            if state.uses.count >= Self.mostUses { state.uses = [] }
            return state.uses.insert(use).inserted
        }
    }

    /// Every series that was counted, named as Prometheus names it.
    var counts: [String: Int] { state.withLock { $0.counts } }

    /// The names that there are, and whether they have no label.
    var names: [(name: String, plain: Bool)] {
        let labelled = ["refusals", "alerts", "policy_reloads", "certificate_reloads"].map {
            "inject_broker_\($0)_total"
        }
        return Self.families.map { ($0.0, !labelled.contains($0.0)) }
    }

    /// The text exposition, version 0.0.4, with gauges that the caller knows.
    package func text(policiesAreStale: Bool, connections: Int) -> String {
        let counts = counts
        var text = ""
        for (name, help) in Self.families {
            text += "# HELP \(name) \(help)\n# TYPE \(name) counter\n"
            let own = counts.filter { $0.key.prefix { $0 != "{" } == name }
            if own.isEmpty, names.contains(where: { $0.name == name && $0.plain }) { text += "\(name) 0\n" }
            for (series, value) in own.sorted(by: { $0.key < $1.key }) { text += "\(series) \(value)\n" }
        }
        text += Self.gauge(
            "inject_broker_policies_stale", "Whether the policies could not be read.", policiesAreStale ? 1 : 0)
        return text + Self.gauge("inject_broker_connections", "Open connections.", connections)
    }

    private static let families = [
        ("inject_broker_exchanges_total", "Scoped tokens that were issued."),
        ("inject_broker_values_total", "Values that were served."),
        ("inject_broker_revocations_total", "Scoped tokens that were taken back."),
        ("inject_broker_refusals_total", "Requests that were refused, by the record's reason."),
        ("inject_broker_limited_total", "Requests that were turned away unseen."),
        ("inject_broker_audit_failures_total", "Events that could not be recorded."),
        ("inject_broker_alerts_total", "Alerts, by kind."),
        ("inject_broker_alerts_undelivered_total", "Alerts that did not reach the webhook."),
        ("inject_broker_policy_reloads_total", "Readings of the policies, by result."),
        ("inject_broker_certificate_reloads_total", "Readings of the certificate, by result."),
    ]

    private static func series(_ count: Count) -> (String, Int) {
        switch count {
        case .exchange: ("inject_broker_exchanges_total", 1)
        case .fetch(let values): ("inject_broker_values_total", values)
        case .revocation: ("inject_broker_revocations_total", 1)
        case .refusal(let reason): ("inject_broker_refusals_total{reason=\"\(reason)\"}", 1)
        case .limited: ("inject_broker_limited_total", 1)
        case .auditFailure: ("inject_broker_audit_failures_total", 1)
        case .alert(let kind): ("inject_broker_alerts_total{kind=\"\(kind.rawValue)\"}", 1)
        case .undelivered: ("inject_broker_alerts_undelivered_total", 1)
        case .reload(let isGood): ("inject_broker_policy_reloads_total" + result(isGood), 1)
        case .certificate(let isGood): ("inject_broker_certificate_reloads_total" + result(isGood), 1)
        }
    }

    private static func result(_ isGood: Bool) -> String { "{result=\"\(isGood ? "good" : "bad")\"}" }

    private static func gauge(_ name: String, _ help: String, _ value: Int) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(name) \(value)\n"
    }
}
