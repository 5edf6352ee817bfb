internal import ArgumentParser
internal import Diagnostics
internal import Glibc
internal import Injection

/// The whole program.
package enum Program {
    /// Parses the arguments, performs the command and returns the exit code.
    ///
    /// To be called once, from the main thread: the command is forked from it.
    package static func run(arguments: [String]) -> Int32 {
        ProcessHardening.apply()
        let surroundings = Surroundings.current()
        do {
            var command = try InjectCommand.parseAsRoot(arguments)
            if let command = command as? any Subcommand {
                let status = perform(command, in: surroundings)
                status.interruption?.raise()
                return status.code
            }
            // Help, and a command that only has subcommands: both end by throwing what is to be shown.
            try command.run()
            return ExitStatus.success.code
        } catch {
            return explain(error, arguments, in: surroundings).code
        }
    }

    private static func perform(_ command: any Subcommand, in surroundings: Surroundings) -> ExitStatus {
        do {
            return try command.perform(in: surroundings)
        } catch let failure as CommandFailure {
            surroundings.console.report(failure.diagnostic)
            return failure.status
        } catch let diagnostic as Diagnostic {
            surroundings.console.report(diagnostic)
        } catch let list as DiagnosticList {
            for diagnostic in list.diagnostics { surroundings.console.report(diagnostic) }
        } catch {
            surroundings.console.report(Diagnostic(.unexpected, "something failed that should not: \(error)"))
        }
        return type(of: command).failureStatus
    }

    /// Help and version are results; anything else the parser says is wrong usage.
    private static func explain(_ error: any Error, _ arguments: [String], in surroundings: Surroundings) -> ExitStatus
    {
        guard InjectCommand.exitCode(for: error) != .success else {
            surroundings.console.output(InjectCommand.fullMessage(for: error) + "\n")
            return .success
        }
        let subcommand = arguments.first.flatMap { name in InjectCommand.names.contains(name) ? name : nil } ?? "run"
        let sentence = Usage.sentence(InjectCommand.message(for: error))
        let lacksDashes = subcommand == "run" && sentence.contains("unexpected argument")
        let help = lacksDashes ? Usage.dashes : "`inject \(subcommand) --help` shows the usage"
        surroundings.console.report(Diagnostic(.usage, sentence, [.help(help)]))
        return subcommand == "run" ? .runFailed : .unusable
    }
}

extension Diagnostic.ID {
    /// The command line is not one the program has.
    static let usage = Diagnostic.ID("usage")
    /// An error that no part of the program claims; a defect of ours.
    static let unexpected = Diagnostic.ID("unexpected")
}
