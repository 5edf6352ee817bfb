/// The numbers that make a public key, big-endian.
package enum PublicKeyComponents: Hashable, Sendable {
    /// An RSA key, without leading zero bytes.
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// A point; both coordinates have the curve's length.
    case ec(EllipticCurve, x: [UInt8], y: [UInt8])
    /// An Ed25519 key: the 32 bytes of RFC 8032, section 5.1.5.
    case ed25519([UInt8])
}
