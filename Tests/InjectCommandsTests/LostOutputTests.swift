import Foundation
import InjectTesting
import Testing

@Suite("output and input that cannot be had")
struct LostOutputTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
        try workplace.folder.write("values.json", #"{"A":"hunter2-hunter2"}"#)
        try workplace.folder.write("log", "a hunter2-hunter2 b\n")
        let script = """
            age-keygen -o age.key 2>&1 | sed 's/.*: //' >recipient
            printf value-of-key | "$INJECT" secrets set KEY --file secrets.yaml --recipient "$(cat recipient)"
            """
        #expect(try shell(script).status == 0)
    }

    /// Runs a text in the shell, where `$INJECT` is the program.
    private func shell(_ script: String) throws -> CommandResult {
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"),
            in: workplace.folder.url,
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "LC_ALL": "C.UTF-8",
                "INJECT": workplace.inject.path, "SOPS_AGE_KEY_FILE": workplace.folder.path("age.key"),
            ]
        )
        return try shell.run(["-c", script])
    }

    @Test(
        "a result that a full disk does not take is a failure",
        arguments: [
            ("--version", 2), ("--help", 2), ("help plan", 2), ("plan -e dev", 2), ("explain dev/DATABASE_URL", 2),
            ("lint --format sarif", 2), ("lint --explain P03", 2), ("model", 2),
            ("mask -q --values values.json <log", 2), ("scan --values values.json log", 2),
            ("secrets get KEY --file secrets.yaml", 2), ("secrets list --file secrets.yaml", 2),
            ("token fake --claim event_name=push", 2), ("--dry-run -e dev -- true", 125), ("-q -- echo x", 125),
        ]
    )
    func full(arguments: String, status: Int32) throws {
        let result = try shell(#""$INJECT" \#(arguments) >/dev/full"#)
        #expect(result.status == status)
        let lost = "output could not be written, and the rest is lost: no space left on device\n"
        #expect(result.error.contains("inject: error[output-failed]: the "), "\(result.error)")
        #expect(result.error.hasSuffix(lost), "\(result.error)")
    }

    @Test(
        "a reader that has seen enough is no failure",
        arguments: ["plan -e dev", "mask -q --values values.json <log"]
    )
    func broken(arguments: String) throws {
        let script = """
            trap '' PIPE
            mkfifo gone
            { read end <gone; "$INJECT" \(arguments); echo $? >&2; } | { exec <&-; : >gone; }
            """
        #expect(try shell(script) == CommandResult(status: 0, error: "0\n"))
    }

    @Test("an input that cannot be read is no end of it")
    func unreadable() throws {
        #expect(
            try shell(#""$INJECT" mask --values values.json <home"#)
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[mask-failed]: standard input cannot be read, and what is left of it is lost: is a directory

                        """
                )
        )
    }

    @Test("an input that does not block is waited for")
    func nonBlocking() throws {
        let (input, output) = (Pipe(), Pipe())
        #expect(fcntl(input.fileHandleForReading.fileDescriptor, F_SETFL, O_NONBLOCK) == 0)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: workplace.inject.path)
        process.arguments = ["mask", "-q", "--values", "values.json"]
        process.currentDirectoryURL = workplace.folder.url
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("one\n".utf8))
        #expect(output.fileHandleForReading.availableData == Data("one\n".utf8))
        // It has asked for more by now, or will before it ends.
        try input.fileHandleForWriting.write(contentsOf: Data("hunter2-hunter2\n".utf8))
        try input.fileHandleForWriting.close()
        #expect(try output.fileHandleForReading.readToEnd() == Data("***\n".utf8))
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
