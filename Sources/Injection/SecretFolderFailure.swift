internal import Diagnostics
internal import Glibc
internal import Secrets

/// Words what went wrong with secret files, from `errno`.
enum SecretFolderFailure {
    static func make(_ message: String) -> RunFailure {
        RunFailure(
            Diagnostic(
                .secretFilesFailed,
                "\(message): \(reason)",
                [.help("set XDG_RUNTIME_DIR to a tmpfs folder of your own, or pass `--allow-disk`")]
            )
        )
    }

    static func write(_ name: SecretName) -> RunFailure {
        guard errno == ENOSPC || errno == EDQUOT else {
            return RunFailure(Diagnostic(.secretFilesFailed, "the file of `\(name)` cannot be written: \(reason)"))
        }
        return RunFailure(
            Diagnostic(
                .secretFilesFull,
                "the file of `\(name)` cannot be written: the memory-backed folder is full",
                [.help("free space there, or set XDG_RUNTIME_DIR to another tmpfs folder")]
            )
        )
    }

    private static var reason: String { String(cString: strerror(errno)).lowercased() }
}
