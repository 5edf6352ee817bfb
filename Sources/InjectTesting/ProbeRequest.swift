package import Foundation

/// What `InjectionProbe` is to run, and how.
package struct ProbeRequest: Codable, Sendable {
    /// One secret with its delivery.
    package struct Secret: Codable, Sendable {
        /// A private file for it.
        package struct File: Codable, Sendable {
            package var path: String
            package var mode: UInt16 = 0o400
            package var variable: String
        }

        package var name: String
        /// The value's bytes, each with 1 added: the value itself stands nowhere in the request.
        package var shifted: Data
        package var variable: String?
        package var file: File?
    }

    /// The secrets to deliver.
    package var secrets: [Secret] = []
    /// The command and its arguments; nil for a shell text.
    package var arguments: [[UInt8]]?
    /// The text for the shell.
    package var shell = ""
    package var collision = "error"
    package var isPristine = false
    package var passed: [String] = []
    package var keepsActionsCredentials = false
    package var used: [String] = []
    package var runtime: String?
    package var shared = "/dev/shm"
    package var disk: String?
    /// Whether the streams are masked; otherwise the command has inject's own.
    package var isMasked = true
    package var terminate = 6_000
    package var kill = 9_000
    package var linger = 5_000
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
