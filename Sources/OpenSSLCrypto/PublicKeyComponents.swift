/// The numbers that make a public key, big-endian.
package enum PublicKeyComponents: Hashable, Sendable {
    /// An RSA key.
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// A point on a curve, each coordinate `coordinateSize` bytes.
    case elliptic(EllipticCurve, x: [UInt8], y: [UInt8])
    /// An Ed25519 key, 32 bytes.
    case ed25519([UInt8])
}
