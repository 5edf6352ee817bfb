internal import ArgumentParser
internal import Audit
internal import Broker
internal import BrokerServer
internal import Diagnostics
internal import Dispatch
internal import Glibc
internal import Logging

/// `inject-broker serve`: serves until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Exchanges jobs' tokens and serves the granted secrets.",
        discussion: """
            SIGHUP reads the policies anew: all of them, or none where one is bad. SIGTERM ends it in an orderly way, once the \
            requests that have begun are answered.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        try await BrokerProgram.reporting {
            // Where the log reaches a limit on files, it has to be refused and not to kill.
            signal(SIGXFSZ, SIG_IGN)
            signal(SIGPIPE, SIG_IGN)
            let assembly = try await BrokerAssembly.make(options.load())
            let reload = Self.reloading(assembly)
            defer { reload.cancel() }
            let sweep = Task { await Self.sweep(assembly.core) }
            defer { sweep.cancel() }
            try await assembly.server.run { address in
                assembly.logger.notice("listening", metadata: ["address": "\(address)"])
            }
            // A write waits for those before it, which note what was recorded.
            try? await assembly.core.tokens.check()
            try await assembly.audit.close()
            assembly.logger.notice("stopped")
        }
    }

    private static func reloading(_ assembly: BrokerAssembly) -> any DispatchSourceSignal {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { Task { await reload(assembly) } }
        source.activate()
        return source
    }

    private static func reload(_ assembly: BrokerAssembly) async {
        var event = AuditEvent(.policiesLoaded, .error, reason: "refused")
        do throws(DiagnosticList) {
            try assembly.policies.reload()
            event = assembly.policies.loadedEvent
        } catch {
            for diagnostic in error.diagnostics {
                assembly.logger.error("policies refused", metadata: ["diagnostic": "\(diagnostic.text)"])
            }
            await assembly.core.alerts.raise(Alert(.policiesRefused, detail: "the last good ones stay in force"))
        }
        assembly.core.metrics.count(.reload(isGood: event.outcome == .success))
        do throws(AuditError) { try await assembly.audit.appendAsSystem(event) } catch {
            assembly.logger.critical("a reload could not be recorded")
        }
        assembly.logger.notice("policies read", metadata: ["outcome": "\(event.outcome.rawValue)"])
    }

    /// Forgets once a minute what no longer matters.
    private static func sweep(_ core: BrokerCore) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(60))
            _ = try? await core.tokens.forget(before: core.now())
        }
    }
}
