package import Foundation

/// Runs a real program with an exact environment and gives back everything it printed.
package struct CommandRunner: Sendable {
    private let executable: URL
    private let directory: URL
    private let environment: [String: String]
    private let folder: TemporaryFolder?

    /// A runner of the built product `name`, which stands beside the test bundle; it keeps the folder.
    package init(product name: String, in folder: TemporaryFolder, environment: [String: String] = [:]) throws {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        executable = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent(name)
        directory = folder.url
        self.environment = environment
        self.folder = folder
    }

    /// A runner of any program, such as `/bin/sh`.
    package init(executable: URL, in directory: URL, environment: [String: String] = [:]) {
        self.executable = executable
        self.directory = directory
        self.environment = environment
        folder = nil
    }

    /// The program's absolute path, for tests that start it from a shell.
    package var path: String { executable.path }

    /// Runs to the end.
    ///
    /// Output goes to files, so no amount of it can block the program.
    package func run(
        _ arguments: [String],
        environment extra: [String: String] = [:],
        input: [UInt8] = []
    ) throws -> CommandResult {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime((folder, self.folder)) {} }
        let inputPath = try folder.write("input", input)
        let outputPath = try folder.write("output", "")
        let errorPath = try folder.write("error", "")
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = environment.merging(extra) { _, new in new }
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputPath))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
        try process.run()
        process.waitUntilExit()
        let status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
        return CommandResult(
            status: status,
            output: String(decoding: try Data(contentsOf: URL(fileURLWithPath: outputPath)), as: UTF8.self),
            error: String(decoding: try Data(contentsOf: URL(fileURLWithPath: errorPath)), as: UTF8.self)
        )
    }
}
