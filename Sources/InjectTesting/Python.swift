package import Foundation

/// The Python of the tests, with its packages: that of `INJECT_PYTHON`, or of the checkout's `.venv`.
package enum Python {
    /// It is not there, or a script failed; said loudly, because a skipped comparison proves nothing.
    package struct Failure: Error, CustomStringConvertible {
        /// What is missing, or what the script said.
        package let description: String
    }

    /// A program of the virtual environment.
    package static func program(_ name: String) throws -> URL {
        let python = ProcessInfo.processInfo.environment["INJECT_PYTHON"].map { URL(fileURLWithPath: $0) }
        let folder = python?.deletingLastPathComponent() ?? PackageFolder.root.appendingPathComponent(".venv/bin")
        // One has an environment of its own, with older packages.
        let places = [folder, folder.deletingLastPathComponent().appendingPathComponent("\(name)/bin")]
        let programs = places.map { $0.appendingPathComponent(name) }
        guard let program = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw Failure(description: "no \(name) in \(folder.path): run .ci/setup test")
        }
        return program
    }

    /// Runs a script and returns what it prints.
    package static func run(_ script: String, arguments: [String] = [], input: Data = Data()) throws -> Data {
        let runner = CommandRunner(executable: try program("python"), in: PackageFolder.root)
        let result = try runner.run(["-c", script] + arguments, input: Array(input))
        guard result.status == 0 else { throw Failure(description: "a script failed:\n\(result.error)") }
        return Data(result.output.utf8)
    }
}
