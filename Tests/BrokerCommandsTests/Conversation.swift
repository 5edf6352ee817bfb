import Foundation
import Glibc
import InjectTesting

/// A program in Python, or another one, that is spoken to line by line.
final class Conversation {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var rest = ""

    convenience init(_ script: String, _ arguments: [String]) throws {
        try self.init(program: Python.program("python"), ["-c", script] + arguments)
    }

    init(program: URL, _ arguments: [String]) throws {
        // Who has ended is told apart by its next line, and not by a signal to the tests.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        process.environment = ["PATH": "/usr/bin:/bin"]
        try process.run()
    }

    deinit {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func say(_ line: String) { try? input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

    /// The next line; nil at the end.
    func line() -> String? {
        while true {
            if let end = rest.firstIndex(of: "\n") {
                defer { rest = String(rest[rest.index(after: end)...]) }
                return String(rest[..<end])
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            rest += String(decoding: data, as: UTF8.self)
        }
    }
}
