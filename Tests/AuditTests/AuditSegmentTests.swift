import Audit
import Foundation
import InjectTesting
import OpenSSLCrypto
import Testing

@Suite("Audit segments")
struct AuditSegmentTests {
    private let bench: LogBench
    /// What the clock of the log shows, in seconds.
    private static let start: Int64 = 1_795_489_200
    private let clock = FakeClock(start * 1000)

    init() throws { bench = try LogBench() }

    private func open(bytes: Int64 = 4096, signed: Bool = true) throws -> AuditLog {
        var settings = AuditLog.Settings(
            path: bench.path, broker: AuditBroker(id: "one", version: "0"), account: "uid 0",
            signer: signed ? try AuditSigner(bench.key) : nil,
            milliseconds: { [clock] in
                clock.advance(1)
                return clock.now
            })
        settings.bytesPerSegment = bytes
        return try AuditLog(settings)
    }

    /// Records so many events, one after the other, and ends.
    private func write(_ count: Int, to log: AuditLog) async throws {
        for index in 0..<count { try await log.append([LogBench.event("S\(index)")]) }
        try await log.close()
    }

    private var segments: [String] { AuditSegments.paths(of: bench.path) }

    /// What is wrong with all files together.
    private func findings() throws -> [AuditFinding] {
        let read = { (path: String) in (try? Data(contentsOf: URL(fileURLWithPath: path))).map { Array($0) } }
        var verifier = AuditVerifier(
            key: bench.key.publicKey, base: read(AuditSegments.basePath(of: bench.path)),
            beside: read(AuditSidecar.path(of: bench.path)))
        let base = read(AuditSegments.basePath(of: bench.path))
        for path in AuditSegments.kept(segments, behind: base) {
            verifier.nextFile(torn: try AuditLogReader(path).lines { verifier.take($0) })
        }
        verifier.finish(torn: try AuditLogReader(bench.path).lines { verifier.take($0) })
        return verifier.findings
    }

    /// Removes what is old enough, as the broker does: recorded first.
    private func remove(
        keeping seconds: Int64,
        at now: Int64,
        recording isRecorded: Bool = true
    ) async throws -> AuditRetention.Due {
        let retention = AuditRetention(log: bench.path, seconds: seconds, key: bench.key.publicKey)
        let due = try retention.due(at: now)
        let log = try open(bytes: 1 << 20)
        for segment in isRecorded ? due.segments : [] {
            var event = AuditEvent(.logRemoved, .success, reason: "retention")
            event.object = AuditEvent.Object(name: segment)
            try await log.appendAsSystem(event)
        }
        try await log.close()
        for segment in due.segments { try retention.remove(segment) }
        return due
    }

    @Test("a token whose record is in an older part is known as one that left")
    func issued() async throws {
        let log = try open()
        var event = AuditEvent(.tokenIssued, .success)
        event.tokenDigest = "aa"
        try await log.append([event])
        for index in 0..<40 { try await log.append([LogBench.event("S\(index)")]) }
        try await log.close()
        #expect(!segments.isEmpty)
        #expect(try AuditLog.issuedTokens(atEndOf: bench.path).contains("aa"))
    }

    @Test(
        "a long log goes on in new files, in one chain, each old one ended by a checkpoint", arguments: [true, false])
    func rotation(signed: Bool) async throws {
        try await write(60, to: open(signed: signed))
        #expect(segments.count > 5)
        for path in segments {
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.last?.contains("audit.checkpoint") == signed)
            let sequence = try #require(lines.last?.firstMatch(of: /"seq":(\d+)/)?.1)
            #expect(path.hasSuffix(".\(String(repeating: "0", count: 16 - sequence.count))\(sequence)"))
        }
        #expect(try bench.lines().first?.contains("audit.rotated") == true)
        #expect(try findings().map(\.kind) == (signed ? [] : [.noCheckpoint]))
        let names = try (segments + [bench.path]).flatMap { path in
            try String(contentsOfFile: path, encoding: .utf8).matches(of: /"secret":"(S\d+)"/).map { String($0.1) }
        }
        #expect(names == (0..<60).map { "S\($0)" })
    }

    @Test("a log that goes on in new files is well all the time, and without its newest file it is not gone on with")
    func lostNewest() async throws {
        let log = try open()
        for index in 0..<40 {
            try await log.append([LogBench.event("S\(index)")])
            try await log.check()
        }
        try await log.close()
        #expect(!segments.isEmpty)
        try FileManager.default.removeItem(atPath: bench.path)
        #expect(#expect(throws: AuditError.self) { try open() }?.code == .cutOff)
    }

    @Test("a start goes on with the chain, also where the log is empty or its file is gone after a change of files")
    func restart() async throws {
        try await write(20, to: open())
        let older = segments.count
        try FileManager.default.removeItem(atPath: bench.path)
        try FileManager.default.removeItem(atPath: AuditSidecar.path(of: bench.path))
        try await write(1, to: open())
        #expect(segments.count == older)
        #expect(try findings().isEmpty)
    }

    @Test("a crash between the two names of a change leaves the log as it was")
    func halfRotation() async throws {
        try await write(3, to: open(bytes: 1 << 20))
        let last = try #require(bench.lines().last?.firstMatch(of: /"seq":(\d+)/)?.1)
        let name = bench.path + "." + String(repeating: "0", count: 16 - last.count) + last
        try FileManager.default.linkItem(atPath: bench.path, toPath: name)
        try bench.folder.write("audit.jsonl.next", "")
        try await write(3, to: open(bytes: 1 << 20))
        #expect(segments.isEmpty)
        #expect(try findings().isEmpty)
        try await write(20, to: open())
        #expect(try findings().isEmpty && !segments.isEmpty)
    }

    @Test("where no new file can be made the old one goes on, and nothing is lost")
    func stuck() async throws {
        let log = try open()
        try FileManager.default.createDirectory(
            atPath: bench.path + ".next/x", withIntermediateDirectories: true)
        try await write(60, to: log)
        #expect(segments.isEmpty)
        #expect(try bench.lines().count { $0.contains("secret.read") } == 60)
        #expect(try bench.lines().count { $0.contains("audit.checkpoint") } < 20)
        #expect(try bench.findings(bench.bytes()).isEmpty)
    }

    @Test("a change in any file, and a file that is missing, is found with its file")
    func tampered() async throws {
        try await write(40, to: open())
        let paths = segments
        let text = try String(contentsOfFile: paths[1], encoding: .utf8)
        try text.replacing("\"prod\"", with: "\"test\"").write(toFile: paths[1], atomically: true, encoding: .utf8)
        #expect(try findings().first?.file == 1)
        #expect(try findings().first?.kind == .changed)
        try FileManager.default.removeItem(atPath: paths[1])
        #expect(try findings().map(\.kind) == [.outOfOrder])
        try FileManager.default.removeItem(atPath: paths[0])
        #expect(try findings().map(\.kind) == [.outOfOrder])
    }

    @Test(
        "what is old enough is removed, file by file, and the rest can be checked from the last removed checkpoint on")
    func retention() async throws {
        try await write(20, to: open())
        let old = segments
        clock.advance(86_400_000)
        try await write(20, to: open())
        let all = segments
        #expect(try await remove(keeping: 86_400, at: Self.start + 86_399).segments.isEmpty)
        let due = try await remove(keeping: 3600, at: Self.start + 86_400)
        // The file that was being written when the day passed has records of both.
        #expect(due.segments == old && due.changed == nil)
        #expect(segments == Array(all.dropFirst(old.count)) && !segments.isEmpty)
        #expect(try findings().isEmpty)
        let base = try String(contentsOfFile: AuditSegments.basePath(of: bench.path), encoding: .utf8)
        #expect(base.contains("audit.checkpoint"))
        // Once more, from the base on.
        #expect(try await remove(keeping: 0, at: Self.start + 200_000).segments == Array(all.dropFirst(old.count)))
        #expect(segments.isEmpty)
        try await write(1, to: open())
        #expect(try findings().isEmpty)
    }

    @Test("a removal that a crash cut short is no change of the log, and is done at the next time")
    func halfRemoval() async throws {
        try await write(40, to: open())
        let all = segments
        let first = try Data(contentsOf: URL(fileURLWithPath: all[0]))
        let second = try Data(contentsOf: URL(fileURLWithPath: all[1]))
        let retention = AuditRetention(log: bench.path, seconds: 0, key: bench.key.publicKey)
        let log = try open(bytes: 1 << 20)
        for segment in all.prefix(2) {
            var event = AuditEvent(.logRemoved, .success, reason: "retention")
            event.object = AuditEvent.Object(name: segment)
            try await log.appendAsSystem(event)
            try retention.remove(segment)
        }
        try await log.close()
        // The base was put on the disk, and the part was not removed.
        try second.write(to: URL(fileURLWithPath: all[1]))
        #expect(segments == Array(all.dropFirst()))
        #expect(try findings().isEmpty)
        let due = try await remove(keeping: 0, at: Self.start + 1000)
        #expect(due.segments == Array(all.dropFirst()) && due.changed == nil)
        #expect(segments.isEmpty)
        #expect(try findings().isEmpty)
        // One that lies there although others were removed after it was put there by somebody.
        try first.write(to: URL(fileURLWithPath: all[0]))
        #expect(try retention.due(at: Self.start + 1000).changed == all[0])
    }

    @Test("a base that no record of a removal speaks of lets nothing be removed unchecked")
    func plantedBase() async throws {
        try await write(40, to: open())
        let text = try String(contentsOfFile: segments[0], encoding: .utf8)
        let changed = text.replacing("\"prod\"", with: "\"test\"")
        try changed.write(toFile: segments[0], atomically: true, encoding: .utf8)
        let last = try #require(text.split(separator: "\n").last)
        try "\(last)\n".write(
            toFile: AuditSegments.basePath(of: bench.path), atomically: true, encoding: .utf8)
        let due = try await remove(keeping: 0, at: Self.start + 1000)
        #expect(due.segments.isEmpty && due.changed == segments[0])
        #expect(try findings().map(\.kind) == [.unrecordedRemoval])
    }

    @Test("a log that goes on in a new file after it was opened is read as it was then, with the parts before it")
    func rotationWhileReading() async throws {
        let log = try open()
        try await log.append([LogBench.event("A")])
        let reader = try AuditLogReader(bench.path)
        for index in 0..<40 { try await log.append([LogBench.event("S\(index)")]) }
        try await log.close()
        #expect(segments.count > 2)
        #expect(AuditSegments.paths(of: bench.path, before: reader).isEmpty)
        #expect(AuditSegments.paths(of: bench.path, before: try AuditLogReader(bench.path)) == segments)
        #expect(AuditSegments.paths(of: bench.path, before: try AuditLogReader(segments[2])) == Array(segments[..<2]))
    }

    @Test("a file that was changed is not removed, nor any after it")
    func changed() async throws {
        try await write(40, to: open())
        let paths = segments
        let text = try String(contentsOfFile: paths[1], encoding: .utf8)
        try text.replacing("\"prod\"", with: "\"test\"").write(toFile: paths[1], atomically: true, encoding: .utf8)
        let due = try await remove(keeping: 0, at: Self.start + 1000)
        #expect(due.segments == [paths[0]] && due.changed == paths[1])
        #expect(segments == Array(paths.dropFirst()))
    }

    @Test("files that are gone without a record of their removal are missed, though a checkpoint stands in their place")
    func unrecorded() async throws {
        try await write(40, to: open())
        _ = try await remove(keeping: 0, at: Self.start + 1000, recording: false)
        #expect(try findings().map(\.kind) == [.unrecordedRemoval])
    }

    @Test("a base that the key did not sign is found, whoever made it")
    func forgedBase() async throws {
        try await write(40, to: open())
        _ = try await remove(keeping: 0, at: Self.start + 1000)
        let path = AuditSegments.basePath(of: bench.path)
        let base = try String(contentsOfFile: path, encoding: .utf8)
        let other = try PrivateKey.generateEd25519()
        var verifier = AuditVerifier(key: other.publicKey, base: Array(base.utf8))
        verifier.finish(torn: false)
        #expect(verifier.findings.map(\.kind).contains(.badBase))
        try base.replacing("one", with: "two").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try findings().map(\.kind).contains(.badBase))
    }

    @Test("who follows a log does not see half a record that a start cuts off, but those in its place")
    func followRepair() async throws {
        try await write(1, to: open(bytes: 1 << 20))
        var follower = try AuditFollower(bench.path)
        let whole = try bench.bytes()
        let half = Array(whole.prefix(100))
        try Data(whole + half).write(to: URL(fileURLWithPath: bench.path))
        var seen = try follower.newLines()
        try await write(1, to: open(bytes: 1 << 20))
        seen += try follower.newLines()
        #expect(seen.map { String(decoding: $0, as: UTF8.self) } == (try bench.lines()))
        #expect(seen.contains { String(decoding: $0, as: UTF8.self).contains("audit.repaired") })
    }

    @Test("who follows a log sees every record once, over any number of new files")
    func follow() async throws {
        let log = try open()
        var follower = try AuditFollower(bench.path)
        var seen: [String] = []
        for index in 0..<60 {
            try await log.append([LogBench.event("S\(index)")])
            guard index % 20 != 3 else { continue }
            // Several files may have come and gone between two looks.
            if index % 7 == 0 { seen += try follower.newLines().map { String(decoding: $0, as: UTF8.self) } }
        }
        try await log.close()
        seen += try follower.newLines().map { String(decoding: $0, as: UTF8.self) }
        let numbers = seen.compactMap { $0.firstMatch(of: /"seq":(\d+)/).flatMap { Int($0.1) } }
        #expect(numbers == Array(1...numbers.count) && segments.count > 5)
        #expect(seen.count { $0.contains("secret.read") } == 60)
    }
}
