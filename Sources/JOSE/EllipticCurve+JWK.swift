internal import OpenSSLCrypto

extension EllipticCurve {
    /// The value of `crv` (RFC 7518, section 6.2.1.1).
    var jwkName: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        }
    }
}
