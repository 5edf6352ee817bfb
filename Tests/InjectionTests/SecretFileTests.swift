import Foundation
import InjectTesting
import Testing

@Suite("secret files")
struct SecretFileTests {
    /// Where the runs of this suite put their folders; on a disk, so that a test can look at it alone.
    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
        chmod(place.url.path, 0o777)
    }

    private func request(_ shell: String) -> ProbeRequest {
        var request = ProbeRequest(shell: shell)
        request.shared = "/nonexistent"
        request.disk = place.url.path
        request.add("TLS_KEY", "-----KEY-----\n".utf8, file: "tls/server.key")
        return request
    }

    @Test("a file has its mode, owner and content, its folder is private", arguments: [0o400, 0o600, 0o440, 0o500])
    func properties(mode: UInt16) throws {
        var request = request("umask; stat -c '%a %u' $INJECT_DIR $INJECT_DIR/tls $TLS_KEY_FILE; echo $TLS_KEY_FILE")
        request.secrets[0].file?.mode = mode
        request.add("EMPTY", [], file: "empty")
        request.shell += "; cat $TLS_KEY_FILE $EMPTY_FILE; ls -A $INJECT_DIR"
        let result = try Probe.run(request, prefix: ["/bin/sh", "-c", "umask 027; exec \"$@\"", "sh"])
        let lines = result.text.split(separator: "\n").map(String.init)
        let (octal, owner) = (String(mode, radix: 8), geteuid())
        #expect(lines.prefix(4) == ["0027", "700 \(owner)", "700 \(owner)", "\(octal) \(owner)"])
        #expect(lines[4].hasPrefix(place.url.path + "/inject-") && lines[4].hasSuffix("/tls/server.key"))
        #expect(lines.suffix(3) == ["***", "empty", "tls"])
        #expect(try place.contents().isEmpty)
    }

    @Test("a file holds every byte, also of the largest secret")
    func contents() throws {
        var request = request("cmp $BLOB_FILE -; echo $?")
        let value = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) }
        request.add("BLOB", value, file: "blob")
        request.isMasked = false
        #expect(try Probe.run(request, input: value).text == "0\n")
    }

    @Test(
        "nothing is left, whatever the command does to the folder",
        arguments: [
            "rm -rf $INJECT_DIR", "rm $TLS_KEY_FILE", "chmod 0 $INJECT_DIR/tls; chmod 0 $INJECT_DIR",
            "mkdir -p $INJECT_DIR/a/b/c; touch $INJECT_DIR/a/b/c/d; chmod 500 $INJECT_DIR/a/b $INJECT_DIR/a",
            "touch $INJECT_DIR/$(printf 'odd-\\377\\n')", "mkfifo $INJECT_DIR/pipe", "ln -s / $INJECT_DIR/root",
            "mv $INJECT_DIR/tls $INJECT_DIR/other", "rm -rf $INJECT_DIR; touch $INJECT_DIR",
            "cd $INJECT_DIR; i=0; while [ $i -lt 300 ]; do mkdir d; cd d; i=$((i+1)); done", "kill -9 $$", "exit 3",
        ]
    )
    func removal(shell: String) throws {
        let result = try Probe.run(request(shell), prefix: Unprivileged.prefix)
        #expect(result.report?.remarks == [])
        #expect(try place.contents().isEmpty)
    }

    @Test("a link is removed and what it leads to is not touched", arguments: [true, false])
    func links(replacesFolder: Bool) throws {
        let outside = try TemporaryFolder()
        try outside.write("kept", "kept")
        chmod(outside.url.path, 0o500)
        defer { chmod(outside.url.path, 0o700) }
        let shell =
            replacesFolder
            ? "mv $INJECT_DIR $INJECT_DIR.moved; ln -s \(outside.url.path) $INJECT_DIR"
            : "ln -s \(outside.url.path) $INJECT_DIR/link; rmdir $INJECT_DIR/none"
        _ = try Probe.run(request(shell))
        #expect(try outside.contents() == ["kept"])
        var info = stat()
        #expect(stat(outside.url.path, &info) == 0 && info.st_mode & 0o777 == 0o500)
        // Of a folder that was moved away only the empty shell is left: the secret in it is gone.
        #expect(try place.contents().allSatisfy { $0.hasSuffix(".moved") && !$0.contains("/") })
    }

    @Test("files that cannot be removed turn a success into 125 and leave a failure as it is", arguments: [0, 7])
    func unremovable(code: Int32) throws {
        // A mount below the folder cannot be removed; it goes with its namespace.
        var request = request("mkdir $INJECT_DIR/m; mount -t tmpfs none $INJECT_DIR/m || exit 99; exit \(code)")
        request.isMasked = false
        let result = try Probe.run(request, prefix: MountNamespace.prefix)
        #expect(result.status == (code == 0 ? 125 : code))
        #expect(result.report?.remarks == ["secret-files-left"])
    }

    @Test(
        "a full memory-backed folder is said, nothing is started and nothing left", arguments: ["64k", "nr_inodes=3"])
    func full(size: String) throws {
        // Three inodes are the root, the run's folder and `tls`: it is the file itself that has no room.
        let option = size.hasPrefix("nr") ? size : "size=" + size
        let script = "mount -t tmpfs -o mode=700,\(option) none $1 && \"$2\" \"$3\"; code=$?; ls -A $1; exit $code"
        var request = request("echo started")
        request.runtime = place.url.path
        request.add("BLOB", [UInt8](repeating: 0x61, count: 65_536), file: "blob")
        let prefix = MountNamespace.prefix + ["/bin/sh", "-c", script, "sh", place.url.path]
        let result = try Probe.run(request, prefix: prefix)
        #expect(result.text == "")
        #expect(result.status == 125)
        #expect(result.report?.failure == "secret-files-full")
    }

    @Test("without a memory-backed folder the run is refused, unless a disk is allowed")
    func noMemory() throws {
        var request = request("echo $INJECT_DIR")
        request.runtime = place.url.path
        #expect(try Probe.run(request).text.hasPrefix(place.url.path))
        request.disk = nil
        let result = try Probe.run(request)
        #expect(result.status == 125)
        #expect(result.report?.failure == "secret-files-no-tmpfs")
        #expect(result.text == "")
    }

    @Test(
        "a memory-backed folder is used where nobody else can swap what is in it",
        arguments: [("700", true), ("755", true), ("1777", true), ("777", false), ("770", false)]
    )
    func safety(mode: String, isUsed: Bool) throws {
        let result = try run(inTmpfsOf: "mode=\(mode)")
        #expect(result.text.hasPrefix(place.url.path) == isUsed, "\(result.error)")
        #expect(result.report?.failure == (isUsed ? nil : "secret-files-no-tmpfs"))
    }

    @Test("another user's memory-backed folder is not used", .enabled(if: geteuid() == 0, "only root can make one"))
    func foreign() throws {
        #expect(try run(inTmpfsOf: "mode=700,uid=1").report?.failure == "secret-files-no-tmpfs")
    }

    private func run(inTmpfsOf options: String) throws -> Probe.Result {
        let script = "mount -t tmpfs -o \(options) none $1 && exec \"$2\" \"$3\""
        var request = request("echo $INJECT_DIR")
        request.runtime = place.url.path
        request.disk = nil
        return try Probe.run(request, prefix: MountNamespace.prefix + ["/bin/sh", "-c", script, "sh", place.url.path])
    }

    @Test("files are gone after a signal to inject as well", arguments: Wiring.allCases, [SIGINT, SIGTERM, SIGHUP])
    func signals(wiring: Wiring, signal: Int32) throws {
        let probe = try Probe(request("echo ready; read line"), on: wiring)
        #expect(probe.wait(for: "ready"))
        #expect(try !place.contents().isEmpty)
        kill(probe.pid, signal)
        #expect(probe.finish(keepingInput: true).status == 128 + signal)
        #expect(try place.contents().isEmpty)
    }

    @Test(
        "a signal between the first file and the last removal leaves nothing behind",
        .enabled(if: access("/usr/bin/strace", X_OK) == 0, "strace sends the signal at that moment"),
        arguments: [("mkdirat", true), ("fchmod", true), ("unlinkat", false)]
    )
    func earlySignal(call: String, isBeforeStart: Bool) throws {
        let strace = ["/usr/bin/strace", "-o", "/dev/null", "-e", "inject=\(call):signal=INT:when=1"]
        let probe = try Probe(request("read line; exit 3"), prefix: strace)
        // A command that was started with INT on its way gets it; at the end there is none to get it.
        let result = probe.finish(keepingInput: isBeforeStart)
        #expect(result.report?.exitCode == (isBeforeStart ? 128 + SIGINT : 3))
        #expect(try place.contents().isEmpty)
    }

    @Test("where descriptors run out, no process is said to have gone", arguments: 8..<20)
    func fewDescriptors(limit: Int) throws {
        let prefix = ["/bin/sh", "-c", "ulimit -n \(limit); exec \"$@\"", "sh"]
        let result = try Probe.run(request("true"), prefix: prefix)
        #expect(result.report?.message?.contains("broken pipe") != true)
    }

    @Test("a file that is there twice is an error, and nothing is left")
    func twice() throws {
        var request = request("echo started")
        request.add("OTHER", "x".utf8, file: "tls/server.key")
        let result = try Probe.run(request)
        #expect(result.report?.failure == "secret-files-failed")
        #expect(result.text == "")
        #expect(try place.contents().isEmpty)
    }
}
