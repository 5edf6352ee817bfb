import InjectTesting
import OpenSSLCrypto

enum Digests {
    static func sha256(_ text: String) throws -> String {
        Hexadecimal.text(try Array(text.utf8).withUnsafeBytes { try DigestAlgorithm.sha256.hash($0) })
    }
}
