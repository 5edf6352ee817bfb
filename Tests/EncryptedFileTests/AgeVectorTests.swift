import Foundation
import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@testable import EncryptedFile

/// The vectors of C2SP: all but those of recipients that need a quantum computer to be wrong about.
@Suite("age's vectors", .needsVectors)
struct AgeVectorTests {
    struct Vector {
        var fields: [(name: String, value: String)] = []
        let file: [UInt8]

        init(_ content: [UInt8]) throws {
            var rest = content[...]
            while let end = rest.firstIndex(of: 0x0A) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest = rest[(end + 1)...]
                guard let colon = line.range(of: ": ") else { break }
                fields.append((String(line[..<colon.lowerBound]), String(line[colon.upperBound...])))
            }
            file = fields.contains { $0.name == "compressed" } ? try Self.inflated(Array(rest)) : Array(rest)
        }

        func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

        private static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
            let script =
                "import sys, zlib, base64; print(base64.b64encode(zlib.decompress(sys.stdin.buffer.read())).decode())"
            let text = String(decoding: try Python.run(script, input: Data(bytes)), as: UTF8.self)
            return Array(Data(base64Encoded: text.trimmingCharacters(in: .newlines)) ?? Data())
        }
    }

    static let outcomes: [AgeError: String] = [
        .armor: "armor failure", .header: "header failure", .noMatch: "no match",
        .headerNotAuthentic: "HMAC failure", .payload: "payload failure",
    ]

    @Test("every vector has the expected outcome")
    func vectors() throws {
        var counts: [String: Int] = [:]
        for url in try VectorFolder.files(below: "cctv-age/age/testdata", suffix: "") {
            let vector = try Vector(Array(Data(contentsOf: url)))
            guard !vector.values("identity").contains(where: { $0.hasPrefix("AGE-SECRET-KEY-PQ-") }) else { continue }
            let expected = try #require(vector.values("expect").first, "\(url.lastPathComponent)")
            let outcome = try Self.outcome(of: vector)
            #expect(outcome == expected, "\(url.lastPathComponent)")
            counts[expected, default: 0] += 1
        }
        #expect(counts.values.reduce(0, +) >= 110, "\(counts)")
        #expect(counts["success", default: 0] >= 20, "\(counts)")
    }

    private static func outcome(of vector: Vector) throws -> String {
        var identities: [any AgeIdentity] = []
        for text in vector.values("identity") { identities.append(try X25519Identity(.of(text))) }
        for text in vector.values("passphrase") { identities.append(AgePassphrase(try .of(text))) }
        if vector.values("armored") == ["yes"], !AgeArmor.isPresent(in: vector.file) { return "armor failure" }
        do throws(AgeError) {
            let payload = try AgeFile.open(vector.file, with: identities)
            let digest = payload.withExposedBytes { try? DigestAlgorithm.sha256.hash($0) } ?? []
            let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return vector.values("payload") == [hex] ? "success" : "another payload"
        } catch {
            return outcomes[error] ?? "\(error)"
        }
    }
}
