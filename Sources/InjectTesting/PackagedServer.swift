import Foundation

/// A server from PyPI that is started for a test on a free port, and stopped after it.
///
/// It ends when its standard input does, so it cannot outlive the tests.
final class PackagedServer: Sendable {
    /// Where it listens.
    let url: String
    private let process: Process
    private let input: Pipe
    private let folder: TemporaryFolder

    private static let prologue = """
        import os, sys, threading
        def end():
            sys.stdin.buffer.read()
            os._exit(0)
        threading.Thread(target=end, daemon=True).start()

        """

    /// Starts it by lines of Python that say where it listens, and waits until they do.
    init(_ name: String, _ program: String) throws {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        self.process = process
        self.input = input
        folder = try TemporaryFolder()
        process.executableURL = try Python.program("python")
        process.arguments = ["-c", Self.prologue + program]
        process.currentDirectoryURL = folder.url
        process.standardOutput = output
        process.standardError = output
        process.standardInput = input
        process.environment = ["PYTHONUNBUFFERED": "1", "PATH": "/usr/bin:/bin"]
        try process.run()
        var text = ""
        while true {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
            guard let match = text.firstMatch(of: /http:\/\/(127\.0\.0\.1|localhost):([0-9]+)\s/) else { continue }
            url = "http://\(match.1):\(match.2)"
            // Its log must not fill the pipe.
            PipeReader.readToEnd(output.fileHandleForReading) { _ in }
            return
        }
        Self.end(process)
        throw Python.Failure(description: "\(name) did not start: \(text)")
    }

    deinit { Self.end(process) }

    // A child may inherit a blocked SIGTERM from the thread that started it.
    private static func end(_ process: Process) {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
