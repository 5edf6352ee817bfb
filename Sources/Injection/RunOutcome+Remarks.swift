internal import Diagnostics
internal import Glibc
internal import LogMasking

extension RunOutcome {
    /// The outcome of a command that ran, with what there is to say about its output.
    init(_ end: ChildEnd, _ relays: ChildRelays, linger: Int) {
        var remarks: [Diagnostic] = []
        let (relays, output, error) = (relays.all, relays.output, relays.error)
        if relays.contains(where: \.isHeldOpen) { remarks.append(Self.heldOpen(after: end.isHurried ? nil : linger)) }
        let failure = relays.compactMap(\.outputFailure).max { left, _ in left == EPIPE }
        if let failure { remarks.append(Self.outputFailed(failure)) }
        self.init(
            // A reader that has seen enough is nobody's failure; output that was lost is ours.
            exitCode: end.exitCode == 0 && (failure ?? EPIPE) != EPIPE ? 125 : end.exitCode,
            interruption: end.interruption,
            output: output?.report ?? MaskReport(entries: []),
            error: error?.report ?? MaskReport(entries: []),
            remarks: remarks
        )
    }

    /// The outcome with what was to be said before it.
    func adding(_ hints: [Diagnostic]) -> RunOutcome {
        RunOutcome(
            exitCode: exitCode,
            interruption: interruption,
            output: output,
            error: error,
            remarks: hints + remarks
        )
    }

    /// The outcome of a run whose files could not be removed.
    func leavingFiles(in folder: String) -> RunOutcome {
        let remark = Diagnostic(
            .secretFilesLeft,
            "secret files could not be removed from `\(folder)`",
            [.help("remove the folder by hand")]
        )
        return RunOutcome(
            exitCode: exitCode == 0 ? 125 : exitCode,
            interruption: interruption,
            output: output,
            error: error,
            remarks: remarks + [remark]
        )
    }

    private static func outputFailed(_ error: Int32) -> Diagnostic {
        guard error != EPIPE else {
            let message = "the output was closed while the command was writing, and the rest is lost"
            return Diagnostic(.warning, .outputClosed, message)
        }
        let reason = error == EAGAIN ? "nobody reads it" : String(cString: strerror(error)).lowercased()
        return Diagnostic(.outputFailed, "the command's output could not be written, and the rest is lost: \(reason)")
    }

    private static func heldOpen(after milliseconds: Int?) -> Diagnostic {
        let waited = milliseconds.map { [Diagnostic.Remark.note("waited \($0 / 1000) s")] } ?? []
        return Diagnostic(
            .warning,
            .outputHeldOpen,
            "the command has ended, and something it started keeps its output open: not waiting any longer",
            waited + [.help("redirect the output of what runs in the background, or wait for it")]
        )
    }
}
