import EncryptedFile
import Secrets

private let key = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"

/// Any bytes as an age file for one identity: decrypted or refused without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzAge(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let file = Array(UnsafeBufferPointer(start: start, count: count))
    let text = Array(key.utf8).withUnsafeBytes { try? SecretBytes(copying: $0) }
    guard let text, let identity = try? X25519Identity(text) else { fatalError("the identity is one") }
    _ = try? AgeFile.open(file, with: [identity])
    return 0
}
