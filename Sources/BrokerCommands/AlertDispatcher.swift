internal import Broker
internal import HTTPTransport
internal import Logging
internal import StrictJSON

/// Tells of alerts: a metric, a line in the log, and a webhook that is tried three times.
struct AlertDispatcher: AlertSink {
    let metrics: BrokerMetrics
    let logger: Logger
    let http: any HTTPClient
    let webhook: String?

    func raise(_ alert: Alert) async {
        metrics.count(.alert(alert.kind))
        logger.warning("alert", metadata: ["kind": "\(alert.kind.rawValue)", "detail": "\(alert.detail)"])
        guard let webhook else { return }
        // Nobody waits for another one's server.
        Task { await send(alert, to: webhook) }
    }

    private func send(_ alert: Alert, to url: String) async {
        let body = JSONWriter.object([("alert", .string(alert.kind.rawValue)), ("detail", .string(alert.detail))]).line
        for attempt in 0..<3 {
            let request = HTTPRequest(
                method: .post,
                url: url,
                headers: [("Content-Type", .plain("application/json"))],
                body: .bytes(Array(body.utf8)),
                timeout: .seconds(5),
                allowsPlainHTTPToLoopback: true
            )
            if let response = try? await http.send(request), (200..<300).contains(response.status) { return }
            try? await Task.sleep(for: .seconds(1 << attempt))
        }
        logger.error("an alert could not be delivered", metadata: ["kind": "\(alert.kind.rawValue)"])
    }
}
