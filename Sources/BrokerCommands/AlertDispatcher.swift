internal import Broker
internal import HTTPTransport
internal import Logging
internal import StrictJSON
internal import Synchronization

/// Tells of alerts: a metric, a line in the log, and a webhook that is tried three times.
///
/// Whoever can cause alerts must not be able to flood another one's server: the same alert goes there once a minute, and so
/// many at once at most.
final class AlertDispatcher: AlertSink {
    private struct State {
        var last: [Alert: Int64] = [:]
        var pending = 0
    }

    private static let pause: Int64 = 60
    private static let mostPending = 32
    private static let mostRemembered = 4096

    private let metrics: BrokerMetrics
    private let logger: Logger
    private let http: any HTTPClient
    private let webhook: String?
    private let node: String
    private let now: @Sendable () -> Int64
    private let state = Mutex(State())

    init(
        metrics: BrokerMetrics,
        logger: Logger,
        http: any HTTPClient,
        webhook: String?,
        node: String,
        now: @escaping @Sendable () -> Int64
    ) {
        self.metrics = metrics
        self.logger = logger
        self.http = http
        self.webhook = webhook
        self.node = node
        self.now = now
    }

    func raise(_ alert: Alert) async {
        metrics.count(.alert(alert.kind))
        logger.warning("alert", metadata: ["kind": "\(alert.kind.rawValue)", "detail": "\(alert.detail)"])
        guard let webhook else { return }
        guard takesOn(alert) else { return }
        // Nobody waits for another one's server.
        Task {
            await send(alert, to: webhook)
            state.withLock { $0.pending -= 1 }
        }
    }

    private func takesOn(_ alert: Alert) -> Bool {
        let now = now()
        let isRefused = state.withLock { state -> Bool? in
            if let last = state.last[alert], (0..<Self.pause).contains(now - last) { return nil }
            guard state.pending < Self.mostPending else { return true }
            if state.last.count >= Self.mostRemembered { state.last = [:] }
            state.last[alert] = now
            state.pending += 1
            return false
        }
        if isRefused == true { undelivered(alert, "too many at once") }
        return isRefused == false
    }

    private func send(_ alert: Alert, to url: String) async {
        let body = JSONWriter.object([
            ("alert", .string(alert.kind.rawValue)), ("detail", .string(alert.detail)), ("node", .string(node)),
            ("time", .integer(now())),
        ])
        for attempt in 0..<3 {
            if attempt > 0 { try? await Task.sleep(for: .seconds(1 << (attempt - 1))) }
            let request = HTTPRequest(
                method: .post,
                url: url,
                headers: [("Content-Type", .plain("application/json"))],
                body: .bytes(Array(body.line.utf8)),
                timeout: .seconds(5),
                allowsPlainHTTPToLoopback: true
            )
            if let response = try? await http.send(request), (200..<300).contains(response.status) { return }
        }
        undelivered(alert, "three tries failed")
    }

    private func undelivered(_ alert: Alert, _ reason: String) {
        metrics.count(.undelivered)
        logger.error(
            "an alert could not be delivered",
            metadata: ["kind": "\(alert.kind.rawValue)", "reason": "\(reason)"])
    }
}
