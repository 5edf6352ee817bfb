import Foundation
import InjectTesting
import Testing

@Suite("secrecy of the process")
struct SecrecyTests {
    @Test("while the command runs, inject's memory holds its environment no longer")
    func wipedEnvironment() throws {
        var request = ProbeRequest(shell: "echo ready; read line")
        let value = "correct horse battery staple \(UInt64.random(in: 0 ... .max))"
        request.add("PASSPHRASE", value.utf8)
        let probe = try Probe(request)
        #expect(probe.wait(for: "ready"))
        let pairs = try Self.count(Array("PASSPHRASE=\(value)".utf8), in: probe.pid)
        // The masker still needs the value: finding it proves that the search finds things.
        let values = try Self.count(Array(value.utf8), in: probe.pid)
        probe.send([0x0A])
        #expect(probe.finish().status == 0)
        #expect(pairs == 0)
        #expect(values > 0)
    }

    @Test("hardened, inject cannot be read by its user's other processes and dumps no core")
    func hardening() throws {
        var request = ProbeRequest(shell: "echo ready; grep 'core file' /proc/$PPID/limits; read line")
        request.isHardened = true
        let probe = try Probe(request, prefix: Unprivileged.prefix)
        #expect(probe.wait(for: "bytes"))
        // The kernel gives the files of a process that is not dumpable to root (proc(5)).
        var info = stat()
        #expect(stat("/proc/\(probe.pid)/environ", &info) == 0)
        let (owner, user) = (info.st_uid, geteuid() == 0 ? 65_534 : geteuid())
        probe.send([0x0A])
        let words = probe.finish().text.split { $0.isWhitespace }
        #expect(words == ["ready", "Max", "core", "file", "size", "0", "0", "bytes"])
        #expect(owner == 0 && user != 0)
    }

    @Test("hardened, inject's memory and environment are refused to its own user's command", arguments: Wiring.allCases)
    func refusal(wiring: Wiring) throws {
        let files = ["environ", "mem", "maps", "auxv", "stack"]
        var request = ProbeRequest(
            shell:
                "for f in \(files.joined(separator: " ")); do head -c 1 /proc/$PPID/$f && echo read $f; done 2>/dev/null; echo done"
        )
        request.isHardened = true
        let result = try Probe.run(request, on: wiring, prefix: Unprivileged.prefix)
        #expect(result.text == "done\n")
        // The same command may look at its own.
        let own = try Probe.run(
            ProbeRequest(shell: "head -c 1 /proc/$$/environ >/dev/null && echo read"), on: wiring,
            prefix: Unprivileged.prefix)
        #expect(own.text == "read\n")
    }

    @Test("hardened, inject drops what would load code into it or log its keys")
    func variables() throws {
        var request = ProbeRequest("/usr/bin/env")
        request.isHardened = true
        let names = ["SSLKEYLOGFILE", "LD_PRELOAD", "LD_AUDIT", "OPENSSL_CONF", "OPENSSL_MODULES"]
        let environment = names.map { Array("\($0)=".utf8) } + [Array("KEPT=1".utf8)]
        #expect(try Probe.run(request, environment: environment).text == "KEPT=1\n")
    }

    @Test("a closed standard stream is never taken for a file of inject's", arguments: [0, 1, 2])
    func closedStreams(stream: Int) throws {
        var request = ProbeRequest(shell: "readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2 >$OUT; exit 5")
        request.isHardened = true
        request.add("KEY", "content".utf8, file: "key")
        let folder = try TemporaryFolder()
        let result = try Probe.run(
            request,
            prefix: ["/bin/sh", "-c", "exec \(stream)>&-; exec \"$@\"", "sh"],
            environment: Probe.environment + [Array("OUT=\(folder.path("out"))".utf8)]
        )
        #expect(result.status == 5)
        let links = try String(contentsOfFile: folder.path("out"), encoding: .utf8)
        #expect(links.split(separator: "\n").count == 3 && !links.contains("/key"))
        if stream == 0 { #expect(links.hasPrefix("/dev/null\n")) }
    }

    /// How often the bytes stand in the writable memory of a process.
    private static func count(_ needle: [UInt8], in pid: pid_t) throws -> Int {
        // Foundation's one-call readers trust the size in stat, which is 0 here.
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/\(pid)/maps"))
        let maps = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        let memory = open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { throw POSIXError(.EACCES) }
        defer { close(memory) }
        var count = 0
        for line in maps.split(separator: "\n") where line.contains(" rw") {
            let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard ends.count == 2 else { continue }
            var bytes = [UInt8](repeating: 0, count: Int(ends[1] - ends[0]))
            let read = pread(memory, &bytes, bytes.count, off_t(ends[0]))
            guard read > 0 else { continue }
            count += Self.count(needle, in: bytes.prefix(read))
        }
        return count
    }

    private static func count(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes { bytes in
            var (count, start) = (0, bytes.baseAddress)
            let end = bytes.baseAddress.map { $0 + bytes.count }
            while let from = start, let end, let hit = memchr(from, Int32(needle[0]), end - from) {
                let isMatch = end - UnsafeRawPointer(hit) >= needle.count && memcmp(hit, needle, needle.count) == 0
                count += isMatch ? 1 : 0
                start = UnsafeRawPointer(hit) + 1
            }
            return count
        }
    }
}
