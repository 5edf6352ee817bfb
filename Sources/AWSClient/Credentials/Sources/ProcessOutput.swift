import Glibc
import Secrets

/// Runs a program for what it prints; its standard error is ours.
enum ProcessOutput {
    enum Failure: Error {
        /// It could not be started.
        case start(Int32)
        /// It ended with another status than 0.
        case status(Int32)
        /// What it printed could not be read, or is too long.
        case output(SecretFileError)
    }

    private static let longest = 64 * 1024

    /// Runs a program with arguments, found in `PATH`, and reads what it prints straight into locked memory.
    ///
    /// It ends where this task is cancelled: nobody waits for it any more.
    static func run(_ arguments: [String]) async throws(Failure) -> SecretBytes {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .start(errno) }
        // The program gets its own copy of the writing end; nobody else starts one in between.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(reading) }
        let program: RunningProgram
        do {
            defer { close(writing) }
            program = try RunningProgram(arguments, output: writing)
        }
        let (output, status) = await withTaskCancellationHandler {
            result(of: program, reading)
        } onCancel: {
            program.end()
        }
        switch output {
        case .failure(let error): throw .output(error)
        case .success(let bytes):
            guard status == 0 else { throw .status(status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F) }
            return bytes
        }
    }

    private static func result(
        of program: RunningProgram,
        _ reading: Int32
    ) -> (output: Result<SecretBytes, SecretFileError>, status: Int32) {
        let output: Result<SecretBytes, SecretFileError>
        do throws(SecretFileError) {
            output = .success(try SecretBytes.contents(of: reading, limit: longest))
        } catch {
            output = .failure(error)
            program.end()
        }
        return (output, program.wait())
    }
}
