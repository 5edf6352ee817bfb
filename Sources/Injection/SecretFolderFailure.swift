internal import Diagnostics
internal import Glibc
internal import Secrets

/// Words what went wrong with secret files, from `errno`.
enum SecretFolderFailure {
    static func make(_ message: String) -> RunFailure {
        if isFull { return full(message) }
        return RunFailure(
            Diagnostic(
                .secretFilesFailed,
                "\(message): \(reason)",
                [.help("set XDG_RUNTIME_DIR to a tmpfs folder of your own, or pass `--allow-disk`")]
            )
        )
    }

    static func write(_ name: SecretName) -> RunFailure {
        let message = "the file of `\(name)` cannot be written"
        if isFull { return full(message) }
        return RunFailure(Diagnostic(.secretFilesFailed, "\(message): \(reason)"))
    }

    private static var isFull: Bool { errno == ENOSPC || errno == EDQUOT }

    private static func full(_ message: String) -> RunFailure {
        RunFailure(
            Diagnostic(
                .secretFilesFull,
                "\(message): the memory-backed folder is full",
                [.help("free space there, or set XDG_RUNTIME_DIR to another tmpfs folder")]
            )
        )
    }

    private static var reason: String { String(cString: strerror(errno)).lowercased() }
}
