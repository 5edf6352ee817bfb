import Foundation
import Glibc
import InjectTesting
import Synchronization

/// The real program, serving until it is told to stop.
final class BrokerProcess: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int
    private let process: Process
    private let log: Log

    private final class Log: Sendable {
        let text = Mutex("")
    }

    /// Starts it through `sh`, after some commands, and waits until it listens.
    init(config: String, in folder: TemporaryFolder, before commands: String = "", flags: [String] = []) throws {
        let program = try CommandRunner(product: "inject-broker", in: folder).path
        let (process, output, log) = (Process(), Pipe(), Log())
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
            [
                "-c", "\(commands)\nexec \"$@\"", "sh", program, "serve", "--config", config,
            ] + flags
        process.currentDirectoryURL = folder.url
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let reader = output.fileHandleForReading
        var port: Int?
        while port == nil {
            let data = reader.availableData
            guard !data.isEmpty else { break }
            port = log.text.withLock { text in
                text += String(decoding: data, as: UTF8.self)
                return text.firstMatch(of: /"message":"listening","address":"[^"]*:(\d+)"/).flatMap { Int($0.1) }
            }
        }
        guard let port else {
            process.waitUntilExit()
            throw Failure(description: log.text.withLock { $0 })
        }
        PipeReader.readToEnd(reader) { data in
            log.text.withLock { $0 += String(decoding: data, as: UTF8.self) }
        }
        self.port = port
        self.process = process
        self.log = log
    }

    deinit {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        Self.waitForEnd(of: id)
    }

    /// Waits for a child without Foundation, which would wait for every other child that inherited its sockets, too.
    static func waitForEnd(of id: Int32) {
        var info = siginfo_t()
        while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Its process.
    var id: Int32 { process.processIdentifier }

    /// Everything it has logged.
    var logged: String { log.text.withLock { $0 } }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Tells it to end, waits, and returns its status.
    func stop(_ number: Int32 = SIGTERM) -> Int32 {
        signal(number)
        guard number != SIGKILL else {
            Self.waitForEnd(of: id)
            return 128 + SIGKILL
        }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }
}
