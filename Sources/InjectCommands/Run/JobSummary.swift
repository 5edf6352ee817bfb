internal import Diagnostics
internal import Glibc

/// The file in which a step's summary is collected (`GITHUB_STEP_SUMMARY`).
///
/// Source: GitHub, "Workflow commands for GitHub Actions", adding a job summary: Markdown, at most 1 MiB for a step.
struct JobSummary {
    private static let limit = 1 << 20

    let path: String

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
        Diagnostic(.warning, .summaryUnwritable, "the job's summary cannot be written: \(reason)")
    }
}

extension Diagnostic.ID {
    /// The report could not be added to the job's summary.
    static let summaryUnwritable = Diagnostic.ID("summary-unwritable")
}
