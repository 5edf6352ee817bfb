package import Foundation

/// What `InjectionProbe` is to run, and how.
package struct ProbeRequest: Codable, Sendable {
    /// One secret with its delivery.
    package struct Secret: Codable, Sendable {
        /// A private file for it.
        package struct File: Codable, Sendable {
            /// The path below the run's folder.
            package var path: String
            /// The file's mode.
            package var mode: UInt16 = 0o400
            /// The variable that holds the absolute path.
            package var variable: String
        }

        /// The secret's name.
        package var name: String
        /// The value's bytes, each with 1 added: the value itself stands nowhere in the request.
        package var shifted: Data
        /// The variable that holds the value, if one does.
        package var variable: String?
        /// The file that holds the value, if one does.
        package var file: File?
    }

    /// The secrets to deliver.
    package var secrets: [Secret] = []
    /// The command and its arguments; nil for a shell text.
    package var arguments: [[UInt8]]?
    /// The text for the shell.
    package var shell = ""
    /// What happens to a name that exists: `error`, `keep` or `replace`.
    package var collision = "error"
    /// Whether the command starts from five variables.
    package var isPristine = false
    /// Patterns of names that are inherited even so.
    package var passed: [String] = []
    /// Whether GitHub's own credentials stay.
    package var keepsActionsCredentials = false
    /// Names of credentials that inject itself used.
    package var used: [String] = []
    /// The folder that XDG_RUNTIME_DIR would name.
    package var runtime: String?
    /// The folder that is tried next.
    package var shared = "/dev/shm"
    /// A folder on a disk, where one is allowed.
    package var disk: String?
    /// Whether secret files are sealed memory.
    package var usesMemoryFiles = false
    /// Whether the command replaces the probe.
    package var replaces = false
    /// Whether the streams are masked; otherwise the command has inject's own.
    package var isMasked = true
    /// Milliseconds from INT to TERM.
    package var terminate = 6_000
    /// Milliseconds from INT to KILL.
    package var kill = 9_000
    /// Milliseconds to wait for output that something keeps open.
    package var linger = 5_000
    /// Whether the process is hardened first, as inject is.
    package var isHardened = false
    /// Where the report is written.
    package var report = ""

    /// A request to run a shell text.
    package init(shell: String) { self.shell = shell }

    /// A request to run arguments as they are.
    package init(_ arguments: String...) { self.arguments = arguments.map { Array($0.utf8) } }

    /// Adds a secret that is delivered as a variable of its own name, or as a file.
    package mutating func add(_ name: String, _ value: some Sequence<UInt8>, file: String? = nil, mode: UInt16 = 0o400)
    {
        secrets.append(
            Secret(
                name: name,
                shifted: Data(value.map { $0 &+ 1 }),
                variable: file == nil ? name : nil,
                file: file.map { Secret.File(path: $0, mode: mode, variable: name + "_FILE") }
            )
        )
    }
}
