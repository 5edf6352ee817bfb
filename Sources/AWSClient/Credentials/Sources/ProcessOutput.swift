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
    static func run(_ arguments: [String]) throws(Failure) -> SecretBytes {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .start(errno) }
        // The program gets its own copy of the writing end; nobody else starts one in between.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(reading) }
        let process: pid_t
        do {
            defer { close(writing) }
            process = try start(arguments, output: writing)
        }
        let output: Result<SecretBytes, SecretFileError>
        do throws(SecretFileError) {
            output = .success(try SecretBytes.contents(of: reading, limit: longest))
        } catch {
            output = .failure(error)
            kill(process, SIGKILL)
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR { continue }
        switch output {
        case .failure(let error): throw .output(error)
        case .success(let bytes):
            guard status == 0 else { throw .status(status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F) }
            return bytes
        }
    }

    private static func start(_ arguments: [String], output: Int32) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        guard let program = words.first ?? nil else { throw .start(ENOENT) }
        var process = pid_t()
        let code = posix_spawnp(&process, program, &actions, nil, &words, environ)
        guard code == 0 else { throw .start(code) }
        return process
    }
}
