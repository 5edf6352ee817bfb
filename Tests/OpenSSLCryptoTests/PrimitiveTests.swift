import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Digests, codes and random bytes")
struct PrimitiveTests {
    /// FIPS 180-4's example messages.
    @Test(
        "digests of published messages are the published ones",
        arguments: [
            (DigestAlgorithm.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (
                .sha384, "abc",
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
            ),
            (
                .sha512, "abc",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
        ]
    )
    func digest(algorithm: DigestAlgorithm, message: String, digest: String) throws {
        let computed = try Array(message.utf8).withUnsafeBytes { try algorithm.hash($0) }
        #expect(computed == Hexadecimal.bytes(digest))
        #expect(computed.count == algorithm.byteCount)
    }

    /// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
    @Test(
        "HMAC-SHA256 of published messages is the published one",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func code(key: [UInt8], message: String, code: String) throws {
        let key = try secret(key)
        let computed = try Array(message.utf8).withUnsafeBytes { try MessageAuthentication.sha256($0, key: key) }
        #expect(computed == Hexadecimal.bytes(code))
    }

    @Test("random bytes fill the whole range and do not repeat")
    func random() throws {
        let samples = try (0..<64).map { _ in try SecureRandom.bytes(32) }
        #expect(Set(samples).count == samples.count)
        // A position that stays zero in 64 samples has a chance of 2^-512.
        for index in 0..<32 { #expect(samples.contains { $0[index] != 0 }) }
        #expect(try SecureRandom.bytes(0).isEmpty)
    }

    @Test("constant-time comparison agrees with the plain one", arguments: 0..<40)
    func comparison(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let left = (0..<random.below(4)).map { _ in UInt8(random.below(2)) }
        let right = (0..<random.below(4)).map { _ in UInt8(random.below(2)) }
        let areEqual = left.withUnsafeBytes { left in right.withUnsafeBytes { ConstantTime.areEqual(left, $0) } }
        #expect(areEqual == (left == right))
        #expect(left.withUnsafeBytes { ConstantTime.areEqual($0, $0) })
    }
}
