import Audit
import Foundation
import InjectTesting
import Synchronization
import Testing

@Suite("AuditLog")
struct AuditLogTests {
    @Test("a record is one line with its members in a fixed order, absent ones left out")
    func line() async throws {
        let bench = try LogBench()
        try await bench.open().append([LogBench.event("A"), AuditEvent(.tokenRefused, .failure, reason: "expired")])
        let lines = try bench.lines()
        let hash = "[0-9a-f]{64}"
        let first =
            #"\{"seq":3,"time":"2026-11-24T03:00:00.002Z","event":"secret.read","outcome":"success","#
            + #""actor":\{"iss":"https://issuer","sub":"repo:o/r","repository_id":"7","run_id":"9"\},"#
            + #""token_sha256":"(ab){32}","jti":"j","source":\{"ip":"192.0.2.1","user_agent":"inject/0"\},"#
            + #""object":\{"environment":"prod","secret":"A","version":"v1"\},"policy":\{"digest":"(cd){32}","#
            + #""grant":"deploy"\},"break_glass":\{"reason":"a \\"quoted\\" reason\\né","expires":"#
            + #""2026-11-24T03:00:00Z"\},"broker":\{"id":"one","version":"0"\},"#
            + #""prev_hash":"\#(hash)","hash":"\#(hash)"\}"#
        #expect(try Regex(first).wholeMatch(in: lines[2]) != nil, "\(lines[2])")
        #expect(lines[3].contains(#""event":"token.refused","outcome":"failure","reason":"expired","broker""#))
    }

    @Test("a list that no line has room for is shortened at a word's end, with the number of what is left out")
    func longList() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        let names = (0..<5000).map { "prod/SECRET_WITH_A_NAME_\($0)" }.joined(separator: " ")
        var event = AuditEvent(.tokenIssued, .success)
        event.object = AuditEvent.Object(name: names)
        event.policy = AuditEvent.Policy(
            digest: "cd", grant: (0..<2000).map { "grant-\($0)" }.joined(separator: " "))
        event.breakGlass = AuditEvent.BreakGlass(reason: String(repeating: "!", count: 100_000), expires: nil)
        try await log.append([event])
        try await log.close()
        let line = try #require(bench.lines().first { $0.contains("token.issued") })
        let secrets = try #require(line.firstMatch(of: /"secret":"(.*?) … and (\d+) more"/))
        #expect(names.hasPrefix(secrets.1 + " ") && secrets.1.utf8.count > 16 * 1024 - 40)
        #expect(secrets.1.split(separator: " ").count + (Int(secrets.2) ?? 0) == 5000)
        #expect(line.contains(/"grant":"grant-0 grant-1 [^"]* … and \d+ more"/))
        #expect(line.contains(/"reason":"!{4096}"/))
        #expect(try bench.findings(bench.bytes()).isEmpty)
        try await bench.open().close()
    }

    @Test("claims that are longer than a record has room for are shortened, whatever is in them")
    func longClaims() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        var event = AuditEvent(.tokenRefused, .failure, reason: "no-policy")
        event.actor = AuditActor { $0 == "run_id" ? "9" : String(repeating: "\u{7F}", count: 11_200) }
        event.tokenID = String(repeating: "\u{7F}", count: 512)
        try await log.append([event])
        try await log.close()
        let line = try #require(bench.lines().first { $0.contains("token.refused") })
        let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let actor = try #require(record?["actor"] as? [String: String])
        #expect(actor.count == AuditActor.claims.count && actor["run_id"] == "9")
        #expect(actor["sub"] == String(repeating: "\u{7F}", count: 1024) + "…")
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("a record that has no room fails nothing that is recorded at the same time, and the log stays well")
    func longLineAmongOthers() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        var event = LogBench.event("LONG")
        event.tokenID = String(repeating: "j", count: 64 * 1024)
        let long = event
        let recorded = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                let own = index % 2 == 0 ? LogBench.event("S\(index)") : long
                group.addTask { (try? await log.append([own])) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(recorded == 100)
        try await log.check()
        try await log.close()
        #expect(try bench.lines().count { $0.contains("secret.read") } == 100)
        #expect(try !bench.lines().contains { $0.contains("writable-again") })
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("a record that no reader would take is not written, and the log goes on")
    func longLine() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        let before = try bench.bytes()
        var event = LogBench.event("A")
        event.tokenID = String(repeating: "j", count: 64 * 1024)
        let long = event
        let error = await #expect(throws: AuditError.self) { try await log.append([long]) }
        #expect(error?.code == .notWritten)
        #expect(try bench.bytes() == before)
        try await log.append([LogBench.event("B")])
        try await log.close()
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("the tokens whose issue the log's end records are found, others' and those of half a record are not")
    func issued() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        for (kind, digest) in [(AuditEventKind.tokenIssued, "aa"), (.tokenRefused, "bb"), (.tokenIssued, "cc")] {
            var event = AuditEvent(kind, .success)
            event.tokenDigest = digest
            try await log.append([event])
        }
        #expect(try AuditLog.issuedTokens(atEndOf: bench.path) == ["aa", "cc"])
        try Data(bench.bytes().dropLast(9)).write(to: URL(fileURLWithPath: bench.path))
        #expect(try AuditLog.issuedTokens(atEndOf: bench.path) == ["aa"])
    }

    @Test("what was appended is in the file when the call returns, and goes on over a restart")
    func restart() async throws {
        let bench = try LogBench()
        for name in ["A", "B"] {
            let log = try bench.open()
            let record = try await log.append([LogBench.event(name)])
            #expect(try bench.lines().last == record.first?.line)
            try await log.close()
        }
        let events = try bench.lines().compactMap { $0.firstMatch(of: /"event":"([a-z.]+)"/)?.1 }
        let once = ["audit.started", "audit.checkpoint", "secret.read", "audit.stopped", "audit.checkpoint"]
        #expect(events.map(String.init) == once + ["audit.read"] + once)
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("many at once are all recorded, each once, in one chain")
    func concurrent() async throws {
        let bench = try LogBench()
        let log = try bench.open(recordsPerCheckpoint: 50)
        try await withThrowingTaskGroup { group in
            for index in 0..<300 {
                group.addTask { try await log.append([LogBench.event("S\(index)")]).map(\.sequence) }
            }
            var numbers: [Int64] = []
            for try await own in group { numbers += own }
            #expect(Set(numbers).count == 300)
        }
        let names = try bench.lines().compactMap { $0.firstMatch(of: /"secret":"(S\d+)"/)?.1 }
        #expect(Set(names).count == 300 && names.count == 300)
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("nothing is recorded after the end, and whoever tries is told")
    func closed() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        try await log.close()
        let before = try bench.bytes()
        await #expect(throws: AuditError.self) { try await log.append([LogBench.event("A")]) }
        #expect(try bench.bytes() == before)
    }

    @Test("two processes never write to one log")
    func inUse() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        let error = #expect(throws: AuditError.self) { try bench.open() }
        #expect(error?.code == .inUse)
        try await log.close()
    }

    @Test("half a record, as a crash leaves it, is cut off, and that is recorded", arguments: [1, 40, 400])
    func torn(count: Int) async throws {
        let bench = try LogBench()
        try await bench.open().append([LogBench.event("A")])
        let whole = try bench.bytes()
        let half = Array(whole.split(separator: 0x0A)[1].prefix(count))
        try Data(whole + half).write(to: URL(fileURLWithPath: bench.path))
        #expect(bench.findings(whole + half, besides: false).map(\.kind).contains(.torn))
        let log = try bench.open()
        try await log.close()
        #expect(
            try bench.lines().contains { $0.contains(#""event":"audit.repaired""#) && $0.contains("\(count)-bytes") })
        #expect(try bench.bytes().starts(with: whole))
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("a log whose last record was changed is not gone on with")
    func damaged() async throws {
        let bench = try LogBench()
        try await bench.open().append([LogBench.event("A")])
        let text = String(decoding: try bench.bytes(), as: UTF8.self).replacing("\"prod\"", with: "\"test\"")
        try text.write(toFile: bench.path, atomically: true, encoding: .utf8)
        #expect(#expect(throws: AuditError.self) { try bench.open() }?.code == .damaged)
    }

    @Test(
        "a log that lost its end, all of it or its file is not gone on with, and the checkpoint beside it stays",
        arguments: ["cut", "emptied", "deleted", "another"])
    func cutOff(how: String) async throws {
        let bench = try LogBench()
        let log = try bench.open()
        try await log.append([LogBench.event("A")])
        let started = try bench.bytes()
        try await log.close()
        let beside = try Data(contentsOf: URL(fileURLWithPath: AuditSidecar.path(of: bench.path)))
        let other = try LogBench()
        let otherLog = try other.open()
        try await otherLog.append([LogBench.event("B")])
        try await otherLog.close()
        switch how {
        case "cut": try bench.folder.write("audit.jsonl", started)
        case "emptied": try bench.folder.write("audit.jsonl", "")
        case "another": try bench.folder.write("audit.jsonl", other.bytes())
        default: try FileManager.default.removeItem(atPath: bench.path)
        }
        for _ in 0..<2 {
            #expect(#expect(throws: AuditError.self) { try bench.open() }?.code == .cutOff)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: AuditSidecar.path(of: bench.path))) == beside)
    }

    @Test("a log whose checkpoint beside it cannot be read is not gone on with", arguments: ["", "{}\n", "half"])
    func unreadableSidecar(text: String) async throws {
        let bench = try LogBench()
        try await bench.open().close()
        let beside = try String(contentsOfFile: AuditSidecar.path(of: bench.path), encoding: .utf8)
        try bench.folder.write("audit.jsonl.checkpoint", text == "half" ? String(beside.prefix(200)) : text)
        #expect(#expect(throws: AuditError.self) { try bench.open() }?.code == .checkpointUnreadable)
    }

    @Test("a checkpoint that cannot be kept beside the log is said once, and again after one could be")
    func stuckSidecar() async throws {
        let bench = try LogBench()
        let failures = Mutex(0)
        var settings = AuditLog.Settings(
            path: bench.path, broker: AuditBroker(id: "one", version: "0"), account: "uid 0",
            signer: try AuditSigner(bench.key), recordsPerCheckpoint: 1, milliseconds: { 0 })
        settings.sidecarFailed = { number in failures.withLock { $0 += number == EISDIR ? 1 : 100 } }
        let log = try AuditLog(settings)
        let obstacle = AuditSidecar.path(of: bench.path) + ".new"
        for count in 1...2 {
            try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
            for _ in 0..<3 { try await log.append([LogBench.event("A")]) }
            #expect(failures.withLock { $0 } == count)
            try FileManager.default.removeItem(atPath: obstacle)
            try await log.append([LogBench.event("A")])
        }
        try await log.close()
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("a log whose file is gone, or another one, is not well", arguments: [true, false])
    func replaced(isGone: Bool) async throws {
        let bench = try LogBench()
        let log = try bench.open()
        try await log.check()
        try FileManager.default.moveItem(atPath: bench.path, toPath: bench.folder.path("elsewhere"))
        if !isGone { try bench.folder.write("audit.jsonl", "") }
        #expect(await #expect(throws: AuditError.self) { try await log.check() }?.code == .replaced)
        try? FileManager.default.removeItem(atPath: bench.path)
        try FileManager.default.moveItem(atPath: bench.folder.path("elsewhere"), toPath: bench.path)
        try await log.check()
        try await log.close()
    }

    @Test("neither a folder nor a device nor a link is a log", arguments: ["folder", "/dev/full", "link"])
    func noFile(path: String) async throws {
        let bench = try LogBench()
        try FileManager.default.createDirectory(atPath: bench.folder.path("folder"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: bench.folder.path("link"), withDestinationPath: bench.folder.path("elsewhere"))
        let settings = AuditLog.Settings(
            path: path.hasPrefix("/") ? path : bench.folder.path(path), broker: AuditBroker(id: "", version: ""),
            account: "", signer: nil, milliseconds: { 0 })
        #expect(#expect(throws: AuditError.self) { try AuditLog(settings) }?.code == .cannotOpen)
    }
}
