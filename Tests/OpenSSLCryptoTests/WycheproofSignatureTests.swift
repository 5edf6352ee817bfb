import InjectTesting
import OpenSSLCrypto
import Testing

/// Wycheproof's raw signatures, every file of the folder that has one of the schemas.
///
/// Where the algorithm is none of ours, or the rules refuse the key, every signature must be refused, valid ones too;
/// those are counted apart and printed.
@Suite("Wycheproof signatures", .needsVectors)
struct WycheproofSignatureTests {
    /// What one schema's files showed.
    struct Tally {
        var accepted = 0
        var refused = 0
        var inexpressible: [String: Int] = [:]
    }

    static let digests: [String: DigestAlgorithm] = ["SHA-256": .sha256, "SHA-384": .sha384, "SHA-512": .sha512]
    static let curves: [String: EllipticCurve] = ["secp256r1": .p256, "secp384r1": .p384, "secp521r1": .p521]

    @Test("ECDSA: 597 valid signatures are accepted, 263 invalid ones refused")
    func ecdsa() throws {
        let tally = try Self.run("ecdsa_p1363_verify_schema") { group in
            let key = group.fields["publicKey"] as? [String: Any] ?? [:]
            guard let curve = Self.curves[key["curve"] as? String ?? ""] else { return nil }
            let count = curve.coordinateCount
            let publicKey = try PublicKey(
                curve: curve, x: Self.number(key["wx"], count: count), y: Self.number(key["wy"], count: count)
            )
            return (publicKey, Self.digests[group.fields["sha"] as? String ?? ""].map { .ecdsa($0) })
        }
        #expect(tally.accepted >= 597)
        #expect(tally.refused >= 263)
    }

    @Test("RSA PKCS#1 v1.5: the valid signatures under sound keys are accepted, 749 invalid ones refused")
    func pkcs1() throws {
        let tally = try Self.run("rsassa_pkcs1_verify_schema") { group in
            (try Self.rsaKey(group), Self.digests[group.fields["sha"] as? String ?? ""].map { .rsaPKCS1($0) })
        }
        #expect(tally.accepted >= 21)
        #expect(tally.refused >= 749)
    }

    /// No baseline: the files may be absent; the salt must be as long as the digest (RFC 7518, section 3.5).
    @Test("RSA PSS: whatever files there are")
    func pss() throws {
        _ = try Self.run("rsassa_pss_verify_schema") { group in
            let sha = group.fields["sha"] as? String ?? ""
            guard let digest = Self.digests[sha], group.fields["mgfSha"] as? String == sha,
                group.fields["mgf"] as? String == "MGF1", group.fields["sLen"] as? Int == digest.byteCount
            else { return (try Self.rsaKey(group), nil) }
            return (try Self.rsaKey(group), .rsaPSS(digest))
        }
    }

    @Test("Ed25519: 88 valid signatures are accepted, 63 invalid ones refused")
    func ed25519() throws {
        let tally = try Self.run("eddsa_verify_schema") { group in
            let key = group.fields["publicKey"] as? [String: Any] ?? [:]
            guard key["curve"] as? String == "edwards25519" else { return nil }
            return (try PublicKey(ed25519: Hexadecimal.bytes(key["pk"] as? String ?? "")), .ed25519)
        }
        #expect(tally.accepted >= 88)
        #expect(tally.refused >= 63)
    }

    // MARK: - Running

    static let everyAlgorithm: [SignatureAlgorithm] =
        DigestAlgorithm.allCases.flatMap { [.rsaPKCS1($0), .rsaPSS($0), .ecdsa($0)] } + [.ed25519]

    /// Runs every group of a schema with the key and the algorithm that `setup` finds.
    static func run(
        _ schema: String,
        _ setup: (WycheproofFile.Group) throws -> (PublicKey, SignatureAlgorithm?)?
    ) throws -> Tally {
        var tally = Tally()
        for file in try WycheproofFile.all(schema: schema) {
            for group in file.groups { try check(group, of: file.name, try? setup(group), &tally) }
        }
        print("Wycheproof \(schema): \(tally)")
        return tally
    }

    private static func check(
        _ group: WycheproofFile.Group,
        of file: String,
        _ subject: (PublicKey, SignatureAlgorithm?)?,
        _ tally: inout Tally
    ) throws {
        for vector in group.vectors {
            let (signature, message) = (vector.bytes("sig"), vector.bytes("msg"))
            guard let key = subject?.0, let algorithm = subject?.1, fits(key, algorithm) else {
                // A signature that is valid for what we cannot express is valid for nothing that we can; an invalid one
                // may be well made for another digest, so there only the named algorithm is tried.
                let tried = vector.result == "valid" ? everyAlgorithm : subject?.1.map { [$0] } ?? []
                let accepted = tried.filter { subject?.0.verify(signature, over: message, using: $0) == true }
                #expect(accepted.isEmpty, "\(file) \(vector.id)")
                tally.inexpressible["\(file) \(vector.result)", default: 0] += 1
                continue
            }
            let isAccepted = key.verify(signature, over: message, using: algorithm)
            if vector.result != "acceptable" {
                #expect(isAccepted == (vector.result == "valid"), "\(file) \(vector.id)")
            }
            if isAccepted { tally.accepted += 1 } else { tally.refused += 1 }
        }
    }

    private static func fits(_ key: PublicKey, _ algorithm: SignatureAlgorithm) -> Bool {
        guard case .ec(let curve, _, _) = key.components, case .ecdsa(let digest) = algorithm else { return true }
        return curve.digest == digest
    }

    private static func rsaKey(_ group: WycheproofFile.Group) throws -> PublicKey {
        let key = group.fields["publicKey"] as? [String: Any] ?? [:]
        return try PublicKey(rsaModulus: number(key["modulus"]), exponent: number(key["publicExponent"]))
    }

    /// Wycheproof writes numbers as signed integers: without the sign byte, padded to `count` bytes.
    private static func number(_ digits: Any?, count: Int = 0) -> [UInt8] {
        let bytes = Array(Hexadecimal.bytes(digits as? String ?? "").drop { $0 == 0 })
        return [UInt8](repeating: 0, count: max(count - bytes.count, 0)) + bytes
    }
}
