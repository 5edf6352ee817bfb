import Broker
import Synchronization

/// The alerts that a broker raised.
final class AlertList: AlertSink {
    private let alerts = Mutex<[Alert]>([])

    /// Kind and detail of each.
    var texts: [String] { alerts.withLock { $0.map { "\($0.kind.rawValue) \($0.detail)" } } }

    func raise(_ alert: Alert) async { alerts.withLock { $0.append(alert) } }
}
