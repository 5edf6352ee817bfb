import Foundation
import InjectTesting
import LogMasking
import Secrets
import Testing

@Suite("Long streams", .serialized)
struct LongStreamTests {
    @Test(
        "lines are counted exactly, whatever the length of what is shown",
        arguments: [0, 1, 7, 8, 9, 2039, 2040, 2041, 2048, 4081, 70_001]
    )
    func lineNumbers(count: Int) throws {
        for (text, line) in [
            ([UInt8](repeating: 0x0A, count: count), count + 1),
            ([UInt8](repeating: 0x0B, count: count), 1),
            ([UInt8](repeating: 0x8A, count: count) + [0x0A], 2),
        ] {
            let masking = try Masking(patterns(of: "hunter2".utf8), [(text + Array("hunter2".utf8))[...]])
            #expect(masking.report.entries.map(\.firstLine) == [line])
        }
    }

    @Test("many secrets in all their forms are masked between random lines", arguments: 0..<3)
    func manySecrets(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=_-".utf8)
        func word(_ count: Int) -> [UInt8] { (0..<count).map { _ in letters[random.below(letters.count)] } }
        let values = (0..<300).map { _ in word(8 + random.below(40)) }
        let patterns = try MaskPatterns(values.enumerated().map { try MaskedValue("S\($0)", $1) })
        var (text, expected): ([UInt8], [UInt8]) = ([], [])
        for _ in 0..<500 {
            let value = values[random.below(values.count)]
            let shown = [
                value, Array(Data(value).base64EncodedData()), value.flatMap { Array(String($0, radix: 16).utf8) },
            ]
            let noise = word(random.below(30))
            text += noise + [0x20] + shown[random.below(3)] + [0x0A]
            expected += noise + Array(" ***\n".utf8)
        }
        #expect(try Masking(patterns, pieces(text, &random)).output == expected, "seed \(seed)")
    }

    @Test("what a stream needs does not grow with its length")
    func flatMemory() throws {
        var random = SeededRandom(seed: 5)
        let value = Array("a-secret-that-comes-and-goes".utf8)
        var masker = try StreamMasker(patterns(of: value))
        let noise = (0..<4096).map { _ in UInt8(random.below(94) + 0x20) }
        let block = noise + value + value.dropLast() + noise + value.prefix(9)
        var shown = 0
        func write(_ times: Int) {
            for _ in 0..<times { block.withUnsafeBytes { masker.write($0) { shown += $0.count } } }
        }
        write(200)
        let before = try residentPages()
        write(4000)
        // The stream is 34 MB; these tests run alone, since what others allocate would count.
        #expect(try residentPages() - before < 2048)
        #expect(masker.report.entries.map(\.count) == [4200])
        #expect(masker.heldCount == 9)
    }

    /// The second field of /proc/self/statm (proc(5)).
    private func residentPages() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(Int(fields[1]))
    }
}
