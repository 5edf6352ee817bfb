package import Diagnostics

extension Diagnostic.ID {
    /// There is no command after `--`.
    package static let commandMissing = Diagnostic.ID("command-missing")
    /// The command is nowhere on the PATH.
    package static let commandNotFound = Diagnostic.ID("command-not-found")
    /// The command is there and cannot be executed.
    package static let commandNotExecutable = Diagnostic.ID("command-not-executable")
    /// The command could not be started for another reason.
    package static let commandNotStarted = Diagnostic.ID("command-not-started")
    /// An argument names an injected variable, and no shell will expand it.
    package static let literalDollar = Diagnostic.ID("literal-dollar")
    /// A variable that is to be set exists already.
    package static let environmentCollision = Diagnostic.ID("environment-collision")
    /// A value with a NUL byte cannot be an environment variable.
    package static let secretHasNUL = Diagnostic.ID("secret-has-nul")
    /// A value is longer than 64 KiB.
    package static let secretTooLarge = Diagnostic.ID("secret-too-large")
    /// There is no memory for the secrets.
    package static let secretMemory = Diagnostic.ID("secret-memory")
    /// There is no memory-backed folder for secret files.
    package static let secretFilesNoTmpfs = Diagnostic.ID("secret-files-no-tmpfs")
    /// The folder for secret files is full.
    package static let secretFilesFull = Diagnostic.ID("secret-files-full")
    /// A secret file could not be written.
    package static let secretFilesFailed = Diagnostic.ID("secret-files-failed")
    /// Secret files could not be removed.
    package static let secretFilesLeft = Diagnostic.ID("secret-files-left")
    /// Standard output or standard error was closed while the command was writing.
    package static let outputClosed = Diagnostic.ID("output-closed")
    /// A result, or what the command wrote, could not be written to inject's own output.
    package static let outputFailed = Diagnostic.ID("output-failed")
    /// Something kept the command's output open after it had ended.
    package static let outputHeldOpen = Diagnostic.ID("output-held-open")
}

extension Diagnostic {
    static let noMemory = Diagnostic(.secretMemory, "there is no memory for the secrets")
}
