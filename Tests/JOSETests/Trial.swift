import InjectTesting
import JOSE
import Secrets

/// One attempt to get a token past a verifier, from bytes to outcome.
enum Trial {
    /// The payload, or why there is none.
    static func outcome(
        _ token: [UInt8],
        keys: [UInt8],
        allowed: Set<JWSAlgorithm> = Set(JWSAlgorithm.allCases),
        types: [String] = ["JWT"],
        limits: JWSLimits = .token
    ) throws -> Result<[UInt8], JOSEError> {
        let token = try secret(token)
        do throws(JOSEError) {
            let keys = try Self.keySet(keys)
            let parsed = try CompactJWS(parsing: token, limits: limits)
            return .success(try JWSVerifier(allowed: allowed, types: types).verify(parsed, with: keys))
        } catch {
            return .failure(error)
        }
    }

    /// Why the token is refused; nil where it is accepted.
    static func refusal(
        _ token: [UInt8],
        keys: [UInt8],
        allowed: Set<JWSAlgorithm> = Set(JWSAlgorithm.allCases),
        limits: JWSLimits = .token
    ) throws -> JOSEError.Code? {
        guard case .failure(let error) = try outcome(token, keys: keys, allowed: allowed, limits: limits) else {
            return nil
        }
        return error.code
    }

    static func keySet(_ text: [UInt8]) throws(JOSEError) -> JWKSet {
        let result: Result<JWKSet, JOSEError> = text.withUnsafeBytes { bytes in
            do throws(JOSEError) {
                return .success(try JWKSet(parsing: bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    static func keySet(_ text: String) throws(JOSEError) -> JWKSet { try keySet(Array(text.utf8)) }

    static func keySetRefusal(_ text: String) -> JOSEError.Code? {
        do throws(JOSEError) {
            _ = try keySet(text)
            return nil
        } catch {
            return error.code
        }
    }

    static func secret(_ bytes: [UInt8]) throws -> SecretBytes {
        try bytes.withUnsafeBytes { try SecretBytes(copying: $0) }
    }

    static func bytes(_ secret: SecretBytes) -> [UInt8] { secret.withExposedBytes { Array($0) } }

    static func decode(_ text: String) -> [UInt8]? {
        Array(text.utf8).withUnsafeBytes { Base64URL.decode($0) }
    }
}
