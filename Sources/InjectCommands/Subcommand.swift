internal import ArgumentParser
internal import Diagnostics

/// One subcommand: parsed by ArgumentParser, performed with the surroundings it is given.
protocol Subcommand: ParsableCommand {
    /// What a failure of inject's own ends with.
    static var failureStatus: ExitStatus { get }

    /// Does the work; what is thrown is a `Diagnostic` or a `DiagnosticList`, printed by the caller.
    func perform(in surroundings: Surroundings) throws -> ExitStatus
}

extension Subcommand {
    static var failureStatus: ExitStatus { .unusable }
}
