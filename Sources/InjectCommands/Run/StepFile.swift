internal import Diagnostics
internal import Glibc

/// A file in which GitHub's runner collects what a step says: its summary, its outputs, or variables for later steps.
///
/// Source: GitHub, "Workflow commands for GitHub Actions": a summary is Markdown, at most 1 MiB for a step; the others
/// are lines of `NAME=VALUE`, or `NAME<<DELIMITER`, lines and the delimiter.
struct StepFile {
    /// What the file is, for a message.
    enum Purpose: String {
        case summary = "the job's summary"
        case outputs = "the step's outputs"
        case variables = "the job's variables"

        /// The variable that names the file.
        var variable: String {
            switch self {
            case .summary: "GITHUB_STEP_SUMMARY"
            case .outputs: "GITHUB_OUTPUT"
            case .variables: "GITHUB_ENV"
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

    /// Adds text; throws what there is to say where it cannot be added.
    func append(_ section: String) throws(Diagnostic) {
        try Array(section.utf8).withUnsafeBufferPointer { bytes throws(Diagnostic) in
            try append(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Adds bytes, all or none of them, on a line of their own: whoever wrote before may have left the last one open.
    func append(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            throw failure("it is no regular file")
        }
        let size = Int(info.st_size)
        let isLineOpen = try isLineOpen(descriptor, size)
        // A longer summary is dropped as a whole, and with it what the command wrote.
        let isFull = size + (isLineOpen ? 1 : 0) + bytes.count > Self.limit
        guard purpose != .summary || !isFull else { throw failure("it is full") }
        if isLineOpen { try write("\n", 1, to: descriptor) }
        try write(bytes.baseAddress, bytes.count, to: descriptor)
    }

    private func isLineOpen(_ descriptor: Int32, _ size: Int) throws(Diagnostic) -> Bool {
        guard size > 0 else { return false }
        var last: UInt8 = 0
        guard pread(descriptor, &last, 1, off_t(size - 1)) == 1 else { throw failure(String(cString: strerror(errno))) }
        return last != UInt8(ascii: "\n")
    }

    private func write(_ bytes: UnsafeRawPointer?, _ count: Int, to descriptor: Int32) throws(Diagnostic) {
        guard Glibc.write(descriptor, bytes, count) == count else { throw failure(String(cString: strerror(errno))) }
    }

    /// Without variables the job cannot go on; the rest is missed and no more.
    private func failure(_ reason: String) -> Diagnostic {
        switch purpose {
        case .summary:
            Diagnostic(.warning, .summaryUnwritable, "\(purpose.rawValue) cannot be written: \(reason)")
        case .outputs: Diagnostic(.warning, .outputsUnwritable, "\(purpose.rawValue) cannot be set: \(reason)")
        case .variables: Diagnostic(.variablesUnwritable, "\(purpose.rawValue) cannot be set: \(reason)")
        }
    }
}

extension Diagnostic.ID {
    /// The report could not be added to the job's summary.
    static let summaryUnwritable = Diagnostic.ID("summary-unwritable")
    /// The step's outputs could not be set.
    static let outputsUnwritable = Diagnostic.ID("outputs-unwritable")
    /// Variables for the steps that follow could not be set.
    static let variablesUnwritable = Diagnostic.ID("variables-unwritable")
}
