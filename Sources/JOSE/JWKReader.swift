internal import OpenSSLCrypto
internal import StrictJSON

/// Reads one key of a set and holds it to the rules.
struct JWKReader {
    private let members: JSONObject
    private let text: UnsafeRawBufferPointer

    init(_ members: JSONObject, in text: UnsafeRawBufferPointer) {
        self.members = members
        self.text = text
    }

    /// Members that only a private or a symmetric key has (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1).
    var hasPrivateMembers: Bool {
        ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].contains { members[$0] != nil }
    }

    /// The bytes of `kid`, where it is a string.
    var keyID: [UInt8]? { members["kid"]?.string?.bytes(in: text) }

    /// The key, or the first rule that it breaks.
    func key() throws(JWK.Refusal) -> JWK {
        guard members["kid"] == nil || keyID != nil else { throw .keyIDNotString }
        try checkPurpose()
        let components = try publicComponents()
        let algorithm = try algorithm(for: components)
        do throws(CryptoError) {
            return JWK(keyID: keyID, algorithm: algorithm, publicKey: try Self.publicKey(components))
        } catch {
            throw .unsound(error.code)
        }
    }

    // MARK: - Rules

    private func checkPurpose() throws(JWK.Refusal) {
        if members["use"] != nil {
            guard try string("use").elementsEqual("sig".utf8) else { throw .notForSignatures }
        }
        guard let operations = members["key_ops"] else { return }
        guard let operations = operations.array else { throw .malformed(member: "key_ops") }
        let verifies = operations.contains { $0.string?.bytes(in: text).elementsEqual("verify".utf8) == true }
        guard verifies else { throw .notForVerifying }
    }

    private func algorithm(for components: PublicKeyComponents) throws(JWK.Refusal) -> JWSAlgorithm? {
        guard members["alg"] != nil else { return nil }
        guard let algorithm = JWSAlgorithm(name: try string("alg")), algorithm.fits(components) else {
            throw .unsuitableAlgorithm
        }
        return algorithm
    }

    private func publicComponents() throws(JWK.Refusal) -> PublicKeyComponents {
        switch String(decoding: try string("kty"), as: UTF8.self) {
        case "RSA":
            return .rsa(modulus: try number("n"), exponent: try number("e"))
        case "EC":
            let name = try string("crv")
            guard let curve = EllipticCurve.allCases.first(where: { $0.jwkName.utf8.elementsEqual(name) }) else {
                throw .unsupportedType
            }
            return .ec(curve, x: try number("x"), y: try number("y"))
        case "OKP":
            guard try string("crv").elementsEqual("Ed25519".utf8) else { throw .unsupportedType }
            return .ed25519(try number("x"))
        default:
            throw .unsupportedType
        }
    }

    private static func publicKey(_ components: PublicKeyComponents) throws(CryptoError) -> PublicKey {
        switch components {
        case .rsa(let modulus, let exponent): try PublicKey(rsaModulus: modulus, exponent: exponent)
        case .ec(let curve, let x, let y): try PublicKey(curve: curve, x: x, y: y)
        case .ed25519(let bytes): try PublicKey(ed25519: bytes)
        }
    }

    // MARK: - Members

    private func string(_ name: String) throws(JWK.Refusal) -> [UInt8] {
        guard let string = members[name]?.string else { throw .malformed(member: name) }
        return string.bytes(in: text)
    }

    private func number(_ name: String) throws(JWK.Refusal) -> [UInt8] {
        guard let bytes = try string(name).withUnsafeBytes({ Base64URL.decode($0) }), !bytes.isEmpty else {
            throw .malformed(member: name)
        }
        return bytes
    }
}
