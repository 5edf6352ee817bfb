internal import COpenSSL

/// The NIST curves of JWA (RFC 7518, section 6.2.1.1).
package enum EllipticCurve: Hashable, Sendable, CaseIterable {
    /// P-256.
    case p256
    /// P-384.
    case p384
    /// P-521.
    case p521

    /// The length of a coordinate and of each half of a signature, in bytes.
    package var coordinateSize: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    /// The name OpenSSL knows the group by.
    var groupName: String {
        switch self {
        case .p256: "prime256v1"
        case .p384: "secp384r1"
        case .p521: "secp521r1"
        }
    }

    /// The order of the group, big-endian, `coordinateSize` bytes (FIPS 186-4, appendix D.1.2).
    func order() throws(CryptoError) -> [UInt8] {
        guard let group = EC_GROUP_new_by_curve_name(OBJ_sn2nid(groupName)) else {
            throw OpenSSLFailure.clear(.operationFailed)
        }
        defer { EC_GROUP_free(group) }
        var bytes = [UInt8](repeating: 0, count: coordinateSize)
        guard BN_bn2binpad(EC_GROUP_get0_order(group), &bytes, Int32(bytes.count)) == Int32(bytes.count) else {
            throw OpenSSLFailure.clear(.operationFailed)
        }
        return bytes
    }
}
