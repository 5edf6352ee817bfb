internal import Diagnostics
internal import Glibc

/// Where a run's report goes: a file that was asked for, and the outputs of a step of GitHub.
struct RunRecords {
    private let path: String?
    private let outputs: StepFile?
    private let console: Console

    init(path: String?, outputs: StepFile?, console: Console) {
        self.path = path
        self.outputs = outputs
        self.console = console
    }

    init(_ flags: RunFlags, _ surroundings: Surroundings) throws(Diagnostic) {
        let variables = surroundings.environment
        let setsOutputs = try flags.on(flags.githubOutput, "INJECT_GITHUB_OUTPUT", variables)
        self.init(
            path: flags.report ?? variables["INJECT_REPORT"],
            outputs: setsOutputs ? StepFile(.outputs, in: variables) : nil,
            console: surroundings.console
        )
    }

    /// Does the work and writes its report, however it ends.
    func keep(failingWith failure: ExitStatus, _ work: (inout RunReport) throws -> ExitStatus) throws -> ExitStatus {
        var report = RunReport()
        do {
            let status = try work(&report)
            report.exitCode = status.code
            return try close(report, after: status)
        } catch {
            report.record(error, status: failure)
            abandon(report)
            throw error
        }
    }

    /// Writes the report of a command that is about to start.
    func open(_ report: RunReport) throws(Diagnostic) {
        guard let path else { return }
        // A new file takes the place of what is there, and nothing may take the place of a device.
        var info = stat()
        guard stat(path, &info) != 0 || info.st_mode & S_IFMT == S_IFREG else {
            throw Self.failure(path, "it is no regular file")
        }
        do {
            try AtomicFile(path).replace(with: Array(report.json.utf8))
        } catch {
            throw Self.failure(path, String(cString: strerror(error.code)).lowercased())
        }
    }

    /// Writes the report of a command that has ended; without it, a success is none.
    private func close(_ report: RunReport, after status: ExitStatus) throws -> ExitStatus {
        setOutputs(report)
        do throws(Diagnostic) { try open(report) } catch {
            guard status.code != 0 else { throw error }
            console.report(error)
        }
        return status
    }

    /// Writes the report of a failure, unless that is the report's own.
    private func abandon(_ report: RunReport) {
        setOutputs(report)
        guard report.failure != .reportUnwritable else { return }
        do throws(Diagnostic) { try open(report) } catch { console.report(error) }
    }

    private static func failure(_ path: String, _ reason: String) -> Diagnostic {
        Diagnostic(.reportUnwritable, "the report cannot be written to `\(path)`: \(reason)")
    }

    private func setOutputs(_ report: RunReport) {
        do throws(Diagnostic) { try outputs?.append(report.outputs) } catch { console.report(error) }
    }
}

extension Diagnostic.ID {
    /// The report of a run could not be written.
    static let reportUnwritable = Diagnostic.ID("report-unwritable")
}
