import Audit
import Foundation
import InjectTesting
import Testing

@Suite("Tampered logs")
struct AuditTamperTests {
    private static func log(_ count: Int, checkpoints: Int64 = 1000) async throws -> (LogBench, [UInt8]) {
        let bench = try LogBench()
        let log = try bench.open(recordsPerCheckpoint: checkpoints)
        for index in 0..<count { try await log.append([LogBench.event("S\(index)")]) }
        try await log.close()
        return (bench, try bench.bytes())
    }

    @Test("an untouched log has nothing wrong with it, with and without checkpoints on the way", arguments: [2, 1000])
    func untouched(checkpoints: Int64) async throws {
        let (bench, text) = try await Self.log(5, checkpoints: checkpoints)
        #expect(bench.findings(text).isEmpty)
    }

    @Test("a change of one bit is found, whichever byte it is in")
    func bits() async throws {
        let (bench, text) = try await Self.log(2)
        let seed: UInt64 = .random(in: 0...(.max))
        var random = SeededRandom(seed: seed)
        for place in text.indices {
            var changed = text
            changed[place] ^= 1 << UInt8(random.below(8))
            // Without the checkpoint beside it, and without its key: the chain alone has to do.
            #expect(!bench.findings(changed, besides: false).isEmpty, "byte \(place), seed \(seed)")
        }
    }

    @Test("a record that is removed, repeated, moved or put in is found", arguments: 0..<7)
    func records(place: Int) async throws {
        let (bench, text) = try await Self.log(5)
        let lines = text.split(separator: 0x0A).map { Array($0) + [0x0A] }
        var removed = lines
        removed.remove(at: place)
        #expect(!bench.findings(removed.flatMap(\.self)).isEmpty)
        var repeated = lines
        repeated.insert(lines[place], at: place)
        #expect(!bench.findings(repeated.flatMap(\.self)).isEmpty)
        var moved = lines
        moved.swapAt(place, (place + 1) % lines.count)
        #expect(!bench.findings(moved.flatMap(\.self)).isEmpty)
    }

    @Test("a cut-off end is found by the checkpoint beside the log, wherever the cut is")
    func cutOff() async throws {
        let (bench, text) = try await Self.log(3)
        let ends = text.indices.filter { text[$0] == 0x0A }.map { $0 + 1 }
        for end in [0] + ends.dropLast() {
            #expect(bench.findings(Array(text[..<end])).contains { $0.kind == .cutOff }, "cut at \(end)")
        }
        #expect(bench.findings(text).isEmpty)
    }

    @Test("a chain made anew by somebody without the key is found by its checkpoints")
    func forged() async throws {
        let (bench, _) = try await Self.log(2)
        let (_, other) = try await Self.log(2)
        #expect(bench.findings(other).contains { $0.kind == .forgedCheckpoint })
        #expect(bench.findings(other, besides: false).contains { $0.kind == .noCheckpoint })
    }

    @Test("a log without any signature does not pass for a signed one")
    func unsigned() async throws {
        let bench = try LogBench()
        let log = try bench.open(isSigned: false)
        try await log.append([LogBench.event("A")])
        try await log.close()
        #expect(bench.findings(try bench.bytes(), besides: false).map(\.kind) == [.noCheckpoint])
    }

    @Test("a log is signed from its first record on, so that a young one passes for its keeper's")
    func young() async throws {
        let bench = try LogBench()
        let log = try bench.open()
        try await log.append([LogBench.event("A")])
        #expect(bench.findings(try bench.bytes()).isEmpty)
    }
}
