import Foundation
import HTTPTransport
import Secrets
import Testing

@Suite("PercentEncoding")
struct PercentEncodingTests {
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    @Test(
        "a text is encoded as Foundation encodes it",
        arguments: ["", "plain-._~09AZ", "a b+c&d=e/f%g", "\0\u{7F}", "grün 🔑", String(repeating: "&", count: 5000)])
    func texts(text: String) {
        #expect(
            PercentEncoding.component(text) == text.addingPercentEncoding(withAllowedCharacters: Self.unreserved))
    }

    @Test("every byte of a secret is either itself or two capital digits, behind what is there already")
    func bytes() throws {
        var output = try SecretBuffer(capacity: 1)
        try output.append("token=")
        let all = [UInt8](UInt8.min ... .max)
        try PercentEncoding.append(try all.withUnsafeBytes { try SecretBytes(copying: $0) }, to: &output)
        let expected = all.map { byte in
            Self.unreserved.contains(Unicode.Scalar(byte)) && byte < 0x80
                ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }
        let text = output.withExposedBytes { String(decoding: $0, as: UTF8.self) }
        #expect(text == "token=" + expected.joined())
    }
}
