import JOSE
import OpenSSLCrypto

/// Whatever the bytes are, they are read without a trap, and what is accepted keeps the rules of a set.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzzJWKSet(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: start, count: count)
    guard let set = try? JWKSet(parsing: input) else { return 0 }
    let keyIDs = set.keys.compactMap(\.keyID) + set.refused.compactMap(\.keyID)
    guard Set(keyIDs).count == keyIDs.count else { fatalError("two keys have one kid") }
    for key in set.keys {
        if let algorithm = key.algorithm, !algorithm.fits(key.publicKey.components) {
            fatalError("a key declares an algorithm that it cannot have")
        }
        guard let thumbprint = try? key.publicKey.components.thumbprint(), thumbprint.utf8.count == 43 else {
            fatalError("a key has no thumbprint")
        }
    }
    return 0
}
