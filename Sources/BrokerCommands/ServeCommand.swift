internal import ArgumentParser
internal import Audit
internal import Broker
internal import BrokerServer
internal import Dispatch
internal import Glibc
internal import Logging

/// `inject-broker serve`: serves until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Exchanges jobs' tokens and serves the granted secrets.",
        discussion: """
            SIGHUP reads the policies and the certificate anew, as does a change of their files: all of them, or none where one \
            is bad. SIGTERM ends it in an orderly way, once the requests that have begun are answered.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        try await BrokerProgram.reporting {
            // Where the log reaches a limit on files, it has to be refused and not to kill.
            signal(SIGXFSZ, SIG_IGN)
            signal(SIGPIPE, SIG_IGN)
            // What is read at the start is as new as a signal in the meantime wants it.
            signal(SIGHUP, SIG_IGN)
            // The state says which job had which secrets.
            umask(0o077)
            let assembly = try await BrokerAssembly.make(options.load())
            let reload = Self.reloading(assembly)
            defer { reload.cancel() }
            let housekeeping = Task { await assembly.housekeeping.run() }
            defer { housekeeping.cancel() }
            try await assembly.server.run { address in
                assembly.logger.notice("listening", metadata: ["address": "\(address)"])
            }
            housekeeping.cancel()
            await housekeeping.value
            // A write waits for those before it, which note what was recorded.
            try? await assembly.core.tokens.check()
            try await assembly.audit.close()
            assembly.logger.notice("stopped")
        }
    }

    private static func reloading(_ assembly: BrokerAssembly) -> any DispatchSourceSignal {
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { Task { await assembly.housekeeping.reloader.reload() } }
        source.activate()
        return source
    }
}
