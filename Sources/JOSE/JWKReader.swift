internal import OpenSSLCrypto
internal import StrictJSON

/// Reads the members of one JWK (RFC 7517, section 4; RFC 7518, section 6; RFC 8037, section 2).
struct JWKReader {
    let object: JSONObject
    let text: UnsafeRawBufferPointer

    func optionalText(_ name: String) throws(JWK.Refusal) -> [UInt8]? {
        guard let node = object[name] else { return nil }
        guard let string = node.string else { throw JWK.Refusal(reason: "its `\(name)` is \(node.kind), not a string") }
        return string.bytes(in: text)
    }

    /// A key for encryption must not verify signatures.
    func refuseOtherUses() throws(JWK.Refusal) {
        if let use = try optionalText("use"), !use.elementsEqual("sig".utf8) {
            throw JWK.Refusal(reason: "its `use` is not `sig`")
        }
        guard let operations = object["key_ops"] else { return }
        let verifies = operations.array?.contains { $0.string?.bytes(in: text).elementsEqual("verify".utf8) == true }
        guard verifies == true else { throw JWK.Refusal(reason: "its `key_ops` do not name `verify`") }
    }

    func components() throws(JWK.Refusal) -> PublicKeyComponents {
        let type = String(decoding: try optionalText("kty") ?? [], as: UTF8.self)
        switch type {
        case "RSA":
            return .rsa(modulus: try number("n"), exponent: try number("e"))
        case "EC":
            let curve = try curve()
            return .elliptic(
                curve,
                x: try number("x", count: curve.coordinateSize),
                y: try number("y", count: curve.coordinateSize)
            )
        case "OKP":
            guard try optionalText("crv")?.elementsEqual("Ed25519".utf8) == true else {
                throw JWK.Refusal(reason: "its curve is not Ed25519")
            }
            return .ed25519(try number("x", count: 32))
        default:
            throw JWK.Refusal(reason: "its type is not RSA, EC or OKP")
        }
    }

    func algorithm(for components: PublicKeyComponents) throws(JWK.Refusal) -> JWSAlgorithm? {
        guard let name = try optionalText("alg") else { return nil }
        guard let algorithm = JWSAlgorithm(name: name), algorithm.fits(components) else {
            throw JWK.Refusal(reason: "its `alg` does not fit its type and curve")
        }
        return algorithm
    }

    private func curve() throws(JWK.Refusal) -> EllipticCurve {
        switch String(decoding: try optionalText("crv") ?? [], as: UTF8.self) {
        case "P-256": return .p256
        case "P-384": return .p384
        case "P-521": return .p521
        default: throw JWK.Refusal(reason: "its curve is not P-256, P-384 or P-521")
        }
    }

    private func number(_ name: String, count: Int? = nil) throws(JWK.Refusal) -> [UInt8] {
        guard let encoded = try optionalText(name), let bytes = Base64URL.decode(encoded), !bytes.isEmpty else {
            throw JWK.Refusal(reason: "its `\(name)` is missing or not canonical base64url")
        }
        guard count == nil || bytes.count == count else {
            throw JWK.Refusal(reason: "its `\(name)` has the wrong length")
        }
        return bytes
    }
}
