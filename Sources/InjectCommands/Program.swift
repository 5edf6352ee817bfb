internal import ArgumentParser
internal import Diagnostics
internal import Glibc
internal import Injection
internal import OpenSSLCrypto

/// The whole program.
package enum Program {
    /// Parses the arguments, performs the command and returns the exit code.
    ///
    /// To be called once, from the main thread: the command is forked from it.
    package static func run(arguments: [String]) -> Int32 {
        ProcessHardening.apply()
        let surroundings = Surroundings.current()
        let status = status(of: arguments, in: surroundings)
        status.interruption?.raise()
        return status.code
    }

    private static func status(of arguments: [String], in surroundings: Surroundings) -> ExitStatus {
        do {
            // Builds ask for the version of every tool they have; nothing has to be parsed for it.
            if arguments == ["--version"] {
                surroundings.console.output(InjectCommand.version + "\n")
                return checked(.success, .unusable, surroundings.console)
            }
            var command = try named(by: arguments) ?? InjectCommand.parseAsRoot(arguments)
            if let command = command as? any Subcommand { return perform(command, in: surroundings) }
            // Help, and a command that only has subcommands: both end by throwing what is to be shown.
            try command.run()
            return .success
        } catch {
            return explain(error, arguments, in: surroundings)
        }
    }

    /// The subcommand that the first argument names, read directly or at least parsed by itself: half of the time that
    /// parsing from the root takes.
    ///
    /// Nil where that does not succeed: what is wrong, and help, is told by the root.
    private static func named(by arguments: [String]) -> (any ParsableCommand)? {
        guard let first = arguments.first else { return nil }
        if first.hasPrefix("-") { return direct("run", arguments[...]) ?? (try? RunCommand.parse(arguments)) }
        if let command = direct(first, arguments.dropFirst()) { return command }
        let command = InjectCommand.configuration.subcommands.first { $0.configuration.commandName == first }
        guard let command, command.configuration.subcommands.isEmpty else { return nil }
        return try? command.parse(Array(arguments.dropFirst()))
    }

    /// The main job or the filter, whose starts count most; nil for any other command, and where that is not certain.
    private static func direct(_ name: String, _ arguments: ArraySlice<String>) -> (any ParsableCommand)? {
        switch name {
        case "run": DirectArguments.command(RunCommand.self, of: arguments)
        case "mask": DirectArguments.command(MaskCommand.self, of: arguments)
        default: nil
        }
    }

    private static func perform(_ command: any Subcommand, in surroundings: Surroundings) -> ExitStatus {
        CryptoLibrary.endProcess(with: type(of: command).failureStatus.code)
        do {
            let status = try command.perform(in: surroundings)
            return checked(status, type(of: command).failureStatus, surroundings.console)
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

    /// The status of a command that was performed, or the failure's where its result was lost.
    ///
    /// What a command that was run ended with stays, unless it was a success.
    private static func checked(_ status: ExitStatus, _ failure: ExitStatus, _ console: Console) -> ExitStatus {
        guard let diagnostic = console.lost.diagnostic else { return status }
        console.report(diagnostic)
        return failure == .runFailed && status != .success ? status : failure
    }

    /// Help and version are results; anything else the parser says is wrong usage.
    private static func explain(_ error: any Error, _ arguments: [String], in surroundings: Surroundings) -> ExitStatus
    {
        guard InjectCommand.exitCode(for: error) != .success else {
            surroundings.console.output(InjectCommand.fullMessage(for: error) + "\n")
            return checked(.success, .unusable, surroundings.console)
        }
        let subcommand = arguments.first.flatMap { name in InjectCommand.names.contains(name) ? name : nil } ?? "run"
        let sentence = Usage.sentence(InjectCommand.message(for: error))
        let lacksDashes = subcommand == "run" && sentence.contains("unexpected argument")
        let help = lacksDashes ? Usage.dashes : "`inject \(subcommand) --help` shows the usage"
        surroundings.console.report(Diagnostic(.usage, sentence, [.help(help)]))
        return ["run", "compose"].contains(subcommand) ? .runFailed : .unusable
    }
}

extension Diagnostic.ID {
    /// The command line is not one the program has.
    static let usage = Diagnostic.ID("usage")
    /// An error that no part of the program claims; a defect of ours.
    static let unexpected = Diagnostic.ID("unexpected")
}
