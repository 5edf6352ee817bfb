internal import Diagnostics
internal import Glibc

/// A file in which GitHub's runner collects what a step says: its summary, or its outputs.
///
/// Source: GitHub, "Workflow commands for GitHub Actions": a summary is Markdown, at most 1 MiB for a step; outputs are
/// lines of `NAME=VALUE`.
struct StepFile {
    /// What the file is, for a message.
    enum Purpose: String {
        case summary = "the job's summary"
        case outputs = "the step's outputs"

        /// The variable that names the file.
        var variable: String {
            switch self {
            case .summary: "GITHUB_STEP_SUMMARY"
            case .outputs: "GITHUB_OUTPUT"
            }
        }
    }

    private static let limit = 1 << 20

    let purpose: Purpose
    let path: String

    /// The file of this step, or nil outside of one.
    init?(_ purpose: Purpose, in variables: ProcessEnvironment) {
        guard let path = variables[purpose.variable] else { return nil }
        self.purpose = purpose
        self.path = path
    }

    /// Adds a section; throws what there is to say where it cannot be added, which is no failure of the job.
    func append(_ section: String) throws(Diagnostic) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            throw failure("it is no regular file")
        }
        let bytes = Array(section.utf8)
        // A longer file is dropped as a whole, and with it what the command wrote.
        guard Int(info.st_size) + bytes.count <= Self.limit else { throw failure("it is full") }
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw failure(String(cString: strerror(errno)))
        }
    }

    private func failure(_ reason: String) -> Diagnostic {
        let id: Diagnostic.ID = purpose == .summary ? .summaryUnwritable : .outputsUnwritable
        let verb = purpose == .summary ? "cannot be written" : "cannot be set"
        return Diagnostic(.warning, id, "\(purpose.rawValue) \(verb): \(reason)")
    }
}

extension Diagnostic.ID {
    /// The report could not be added to the job's summary.
    static let summaryUnwritable = Diagnostic.ID("summary-unwritable")
    /// The step's outputs could not be set.
    static let outputsUnwritable = Diagnostic.ID("outputs-unwritable")
}
