package import ArgumentParser
internal import Audit
internal import BrokerServer
internal import Diagnostics
internal import Glibc
internal import Secrets

/// The whole program.
package struct BrokerProgram: AsyncParsableCommand {
    /// What the parser knows.
    package static let configuration = CommandConfiguration(
        commandName: "inject-broker",
        abstract: "Gives jobs the secrets that the policy grants, and nobody anything else.",
        version: "inject-broker \(BrokerVersion.text)",
        subcommands: [ServeCommand.self, CheckCommand.self]
    )

    /// Made by the parser.
    package init() {}

    /// Parses the arguments and performs the command; does not return where there is something to say.
    package static func start() async {
        CrashReports.forbid()
        await main()
    }

    /// Does work, and says what is wrong with it as diagnostics are said.
    static func reporting(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let diagnostic as Diagnostic {
            say([diagnostic])
            throw ExitCode(2)
        } catch let list as DiagnosticList {
            say(list.diagnostics)
            throw ExitCode(2)
        } catch let error as AuditError {
            let message = "the audit log cannot be written: \(error.code.rawValue)" + reason(error.number)
            let help = "nothing is served without it; make room, and start again"
            say([Diagnostic(.brokerFailed, message, [.help(help)])])
            throw ExitCode(1)
        } catch let error as ServerFault {
            let help = "another program may have the address; see `listen` and `metrics`"
            say([Diagnostic(.brokerFailed, "the broker cannot listen" + reason(error.number), [.help(help)])])
            throw ExitCode(1)
        } catch {
            say([Diagnostic(.brokerFailed, "the broker cannot serve: \(error)")])
            throw ExitCode(1)
        }
    }

    private static func reason(_ number: Int32) -> String {
        number == 0 ? "" : ": " + String(cString: strerror(number)).lowercased()
    }

    private static func say(_ diagnostics: [Diagnostic]) {
        var text = diagnostics.map { $0.text(of: "inject-broker") }.joined()
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Diagnostic.ID {
    /// The server ended by a failure.
    static let brokerFailed = Diagnostic.ID("broker-failed")
}
