import AWSClient
import Secrets

/// Any bytes as an answer of the query protocol: read or refused without a trap, and a text is the same as a secret.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzXML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    guard let body = try? SecretBytes(copying: text), let xml = try? XMLBody(body) else { return 0 }
    for path in xml.paths {
        guard let secret = try? xml.secret(at: path), let text = xml.text(at: path) else {
            fatalError("a leaf is gone")
        }
        let isSame = secret.withExposedBytes { String(decoding: $0, as: UTF8.self).utf8.elementsEqual(text.utf8) }
        guard isSame else { fatalError("a text and a secret differ") }
    }
    return 0
}
