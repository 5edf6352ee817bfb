import Foundation
import InjectTesting
import Testing

/// What stands in the memory of inject and its helpers while the command runs; the command itself looks.
@Suite(
    "memory of a running inject",
    .enabled(if: geteuid() == 0, "inject's memory is root's alone to read, and these tests are not run by root")
)
struct LiveMemoryTests {
    /// Counts the value, the environment's entry and what the named files hold in each process between the shell and the command: first in
    /// ordinary memory, then in locked pages.
    ///
    /// Once inject has read a line from its pipe, or waits at the terminal, it has done all that it does when a command
    /// starts.
    static let search = """
        import fcntl, os, struct, sys, termios
        isatty = sys.stdout.isatty()
        if not isatty:
            os.write(1, b"\\n")
            while struct.unpack("i", fcntl.ioctl(1, termios.FIONREAD, b"0000"))[0] > 0:
                pass
        value = os.environb[b"DATABASE_URL"]
        needles = [value, b"DATABASE_URL=" + value] + [open(name, "rb").read().strip() for name in sys.argv[1:]]
        def parent(pid):
            return int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1])
        def name(pid):
            return open(f"/proc/{pid}/comm").read().strip()
        inject = os.getppid()
        while name(inject) != "inject":
            inject = parent(inject)
        children = open(f"/proc/{inject}/task/{inject}/children").read().split()
        helpers = [int(pid) for pid in children if name(pid).startswith("inject-")]
        for pid in [inject] + helpers:
            while isatty and name(pid) != "inject-reaper" and "poll" not in open(f"/proc/{pid}/wchan").read():
                pass
            locked, other = [0] * len(needles), [0] * len(needles)
            with open(f"/proc/{pid}/mem", "rb", 0) as memory:
                for line in open(f"/proc/{pid}/smaps"):
                    if line.startswith("VmFlags:") and readable:
                        memory.seek(start)
                        data = memory.read(end - start)
                        counts = locked if "lo" in line.split() else other
                        for index, needle in enumerate(needles):
                            counts[index] += data.count(needle)
                    elif line[0] in "0123456789abcdef":
                        ends, rights = line.split()[:2]
                        readable = rights.startswith("r") and not line.endswith(("[vvar]\\n", "[vvar_vclock]\\n"))
                        start, end = (int(text, 16) for text in ends.split("-"))
            print(name(pid), *other, *locked, file=sys.stderr)
        """

    private func counts(_ options: String..., onTerminal: Bool = false) throws -> [String: [Int]] {
        let workplace = try Workplace(dotenv: "DATABASE_URL=\(Self.value)\nTLS_KEY=another-one-of-them\n")
        try workplace.folder.write("search.py", Self.search)
        try workplace.folder.write("token", workplace.token([(name: "event_name", value: "push")]))
        let python = try Python.program("python").path
        let command = ["-e", "dev", "--oidc-token-file", "token", "-q"] + options
        let arguments = command + ["--", python, "search.py", "token"]
        let result = try onTerminal ? onATerminal(arguments, workplace) : workplace.inject.run(arguments)
        return try Self.counts(result)
    }

    private static func counts(_ result: CommandResult) throws -> [String: [Int]] {
        try #require(result.status == 0, "\(result.error)")
        var counts: [String: [Int]] = [:]
        for line in (result.error + result.output).split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            // script(1) types the end of its input first, which the terminal shows.
            counts[String(words[0].drop { !$0.isLetter })] = words.dropFirst().compactMap { Int($0) }
        }
        return counts
    }

    /// script(1) gives a command a terminal and shows what it shows.
    private func onATerminal(_ arguments: [String], _ workplace: Workplace) throws -> CommandResult {
        let script = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/script"),
            in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "SHELL": "/bin/sh"]
        )
        let text = ([workplace.inject.path] + arguments).joined(separator: " ")
        return try script.run(["-qec", text, "/dev/null"])
    }

    private static let nothing = [0, 0, 0, 0, 0, 0]

    /// No form of it is like another one, or like itself.
    private static let value = "kQ7wZ2vX9mB4tY6pL1sD8fG3hJ5"

    @Test("without masking no copy of a value, of the environment or of the token is left")
    func unmasked() throws {
        #expect(try counts("--no-masking") == ["inject": Self.nothing, "inject-reaper": Self.nothing])
        #expect(try counts("--no-masking", "--memfd") == ["inject": Self.nothing, "inject-reaper": Self.nothing])
    }

    @Test("nor is anything left of an exchange with a broker: no token of either kind, and no value as it was sent")
    func broker() throws {
        let broker = try FakeBroker(["dev/DATABASE_URL": FakeBroker.Secret(Self.value)])
        let workplace = try Workplace(policy: nil, dotenv: nil)
        try workplace.folder.write("search.py", Self.search)
        let issuer = try FakeIssuer(likeGitHub: true)
        try workplace.folder.write("token", issuer.jobToken(audience: broker.url))
        try workplace.folder.write("minted", "inj_fake-token-number-1")
        try workplace.folder.write("sent", Data(Self.value.utf8).base64EncodedString())
        let python = try Python.program("python").path
        let options = ["--broker", broker.url, "-e", "dev", "--oidc-token-file", "token", "-q"]
        let command = ["--", python, "search.py", "token", "minted", "sent"]
        let counts = try Self.counts(workplace.inject.run(options + ["--no-masking"] + command))
        #expect(counts == ["inject": Array(repeating: 0, count: 10), "inject-reaper": Array(repeating: 0, count: 10)])
        // A job's token is good for one exchange.
        try workplace.folder.write("token", issuer.jobToken(audience: broker.url))
        try workplace.folder.write("minted", "inj_fake-token-number-2")
        let masked = try #require(try Self.counts(workplace.inject.run(options + command))["inject"])
        #expect(masked[..<5] == [0, 0, 0, 0, 0])
        // Finding the masks proves that the search finds things.
        #expect(masked[5] > 0 && masked[7] > 0 && masked[8] > 0 && masked[6] == 0, "\(masked)")
    }

    @Test("with masking there is what the masker looks for, in locked pages alone")
    func masked() throws {
        try expectMasked(try counts())
        let onTerminal = try counts(onTerminal: true)
        #expect(onTerminal["inject-monitor"] == Self.nothing)
        try expectMasked(onTerminal)
    }

    private func expectMasked(_ counts: [String: [Int]]) throws {
        #expect(counts["inject-reaper"] == Self.nothing)
        let own = try #require(counts["inject"], "\(counts)")
        #expect(own[..<3] == [0, 0, 0] && own[4] == 0, "\(own)")
        // Finding them proves that the search finds things: the patterns, and the values that more could be added to.
        #expect(own[3] > 0 && own[5] > 0, "\(own)")
    }
}
