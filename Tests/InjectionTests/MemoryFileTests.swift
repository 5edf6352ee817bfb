import Foundation
import InjectTesting
import Testing

@Suite("secret files in sealed memory")
struct MemoryFileTests {
    private func request(_ shell: String) -> ProbeRequest {
        var request = ProbeRequest(shell: shell)
        // No folder may be needed.
        request.shared = "/nonexistent"
        request.usesMemoryFiles = true
        request.add("TLS_KEY", "-----KEY-----\n".utf8, file: "tls/server.key")
        request.add("EMPTY", [], file: "empty", mode: 0o440)
        return request
    }

    @Test("each is readable as often as one likes, has its mode, and there is no folder", arguments: Wiring.allCases)
    func content(wiring: Wiring) throws {
        let shell = """
            echo $TLS_KEY_FILE $EMPTY_FILE ${INJECT_DIR-none}; cat $TLS_KEY_FILE $TLS_KEY_FILE | wc -c
            stat -Lc '%a %s' $TLS_KEY_FILE $EMPTY_FILE; cat $TLS_KEY_FILE
            """
        let result = try Probe.run(request(shell), on: wiring)
        let lines = result.text.split(separator: "\n")
        #expect(lines[0].wholeMatch(of: /\/proc\/self\/fd\/\d\d+ \/proc\/self\/fd\/\d\d+ none/) != nil)
        #expect(lines.dropFirst() == ["28", "400 14", "440 0", "***"])
    }

    @Test("nobody can change one, not even root")
    func sealed() throws {
        let shell =
            "chmod u+w $TLS_KEY_FILE; (echo x >>$TLS_KEY_FILE) 2>/dev/null; (: >$TLS_KEY_FILE); cat $TLS_KEY_FILE"
        var request = request(shell)
        request.isMasked = false
        let result = try Probe.run(request)
        #expect(result.text.hasSuffix("-----KEY-----\n"))
        #expect(result.error.contains("Operation not permitted"), "\(result.error)")
    }

    @Test("nothing of inject's own is open for the command besides")
    func descriptors() throws {
        let result = try Probe.run(request("exec 2>/dev/null; ls /proc/self/fd | tr '\\n' ' '"))
        // The fourth is the one that ls reads the folder with.
        let numbers = result.text.split(separator: " ").compactMap { Int($0) }.sorted()
        #expect(numbers.prefix(4) == [0, 1, 2, 3])
        #expect(numbers.count == 6 && numbers.dropFirst(4).allSatisfy { $0 >= 10 })
    }

    @Test("a command that replaces inject has them as well, and inject's process")
    func replaced() throws {
        var request = request("echo $$; cat $TLS_KEY_FILE; exit 6")
        request.replaces = true
        let probe = try Probe(request)
        let pid = probe.pid
        let result = probe.finish()
        #expect(result.text == "\(pid)\n-----KEY-----\n")
        #expect(result.status == 6)
    }

    @Test("a command that replaces inject gets no files in a folder, which nobody would remove")
    func replacedWithFolder() throws {
        var request = request("echo started")
        request.usesMemoryFiles = false
        request.replaces = true
        let result = try Probe.run(request)
        #expect(result.status == 125)
        #expect(result.report?.failure == "secret-files-failed")
        #expect(result.text == "")
    }

    @Test("a command that cannot replace inject is 126 or 127 as always", arguments: [("/bin", 126), ("nowhere", 127)])
    func notReplaced(name: String, code: Int32) throws {
        var request = ProbeRequest(name)
        request.replaces = true
        #expect(try Probe.run(request).status == code)
    }
}
