import InjectTesting
import OpenSSLCrypto
import Secrets

/// Shorter calls for tests, which have arrays where the program has locked memory.
extension PublicKey {
    func verify(_ signature: [UInt8], over message: [UInt8], using algorithm: SignatureAlgorithm) -> Bool {
        signature.withUnsafeBytes { signature in
            message.withUnsafeBytes { verify(signature, over: $0, using: algorithm) }
        }
    }
}

extension PrivateKey {
    func sign(_ message: [UInt8], using algorithm: SignatureAlgorithm) throws -> [UInt8] {
        try message.withUnsafeBytes { try sign($0, using: algorithm) }
    }
}

func secret(_ bytes: [UInt8]) throws -> SecretBytes {
    try bytes.withUnsafeBytes { try SecretBytes(copying: $0) }
}
