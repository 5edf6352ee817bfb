import Foundation

/// A program in Python that starts a server, prints its port as its first line, and ends when its standard input does, so
/// that it cannot outlive the tests.
package final class PythonServer: Sendable {
    /// It did not start.
    package struct Failure: Error, CustomStringConvertible {
        /// What it said.
        package let description: String
    }

    /// The server's port on 127.0.0.1.
    package let port: Int
    private let process: Process
    private let input: Pipe
    private let output: Pipe

    /// Starts a program with the system's Python.
    ///
    /// - Parameter launcher: what starts the interpreter in its turn, such as `/usr/bin/unshare --mount`.
    package init(_ program: String, _ arguments: [String], launcher: [String] = []) throws {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        let command = launcher + ["/usr/bin/python3", "-c", program] + arguments
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.prefix { $0.isNumber }) else { throw Failure(description: line) }
        self.port = port
        self.process = process
        self.input = input
        self.output = output
    }

    /// Sends the program a line, and returns the line that it answers.
    package func ask(_ line: String) throws -> String {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
        let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        return String(answer.prefix { $0 != "\n" })
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
