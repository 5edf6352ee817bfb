internal import Audit
internal import Broker
internal import BrokerServer
internal import Glibc
internal import Logging

/// What a broker does beside answering: it looks for changed files, forgets, counts for CloudWatch, and removes old records.
struct Housekeeping: Sendable {
    let reloader: Reloader
    let core: BrokerCore
    let audit: AuditLog
    let retention: AuditRetention?
    let logger: Logger
    let node: String
    /// Seconds between looks at files, and between lines for CloudWatch; 0 for none.
    let seconds: (looks: Int, metrics: Int)

    /// Works until it is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await every(seconds.looks) { await reloader.look() } }
            group.addTask { await every(60) { _ = try? await core.tokens.forget(before: core.now()) } }
            group.addTask { await writeMetrics() }
            guard let retention else { return }
            group.addTask {
                await remove(by: retention)
                await every(3600) { await remove(by: retention) }
            }
        }
    }

    private func every(_ seconds: Int, _ work: () async -> Void) async {
        guard seconds > 0 else { return }
        while true {
            do { try await Task.sleep(for: .seconds(seconds)) } catch { return }
            await work()
        }
    }

    private func writeMetrics() async {
        var metrics = EmbeddedMetrics(node: node)
        guard seconds.metrics > 0 else { return }
        while true {
            let isLast = (try? await Task.sleep(for: .seconds(seconds.metrics))) == nil
            for line in metrics.lines(core.metrics, at: BrokerClock.milliseconds()) {
                let bytes = Array((line + "\n").utf8)
                _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            }
            if isLast { return }
        }
    }

    /// Removes older parts of the log, each recorded first.
    private func remove(by retention: AuditRetention) async {
        do throws(AuditError) {
            let due = try retention.due(at: core.now())
            for segment in due.segments {
                var event = AuditEvent(.logRemoved, .success, reason: "retention")
                event.object = AuditEvent.Object(name: segment)
                try await audit.appendAsSystem(event)
                try retention.remove(segment)
                logger.notice("records removed", metadata: ["file": "\(segment)"])
            }
            guard let changed = due.changed else { return }
            await core.alerts.raise(Alert(.auditFailure, detail: "\(changed) is not as it was written"))
        } catch {
            await core.alerts.raise(
                Alert(.auditFailure, detail: "old records cannot be removed: \(error.code.rawValue)"))
        }
    }
}
