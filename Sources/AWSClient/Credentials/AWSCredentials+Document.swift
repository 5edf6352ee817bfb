package import Secrets

extension AWSCredentials {
    /// What a `credential_process` prints, version 1
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
    package func processDocument() throws(SecretMemoryError) -> SecretBytes {
        var text = try SecretBuffer(capacity: 4096)
        try text.append("{\"Version\":1,\"AccessKeyId\":\"")
        for byte in accessKeyID.utf8 { try Self.append(byte, to: &text) }
        try text.append("\",\"SecretAccessKey\":\"")
        try Self.append(secretAccessKey, to: &text)
        if let sessionToken {
            try text.append("\",\"SessionToken\":\"")
            try Self.append(sessionToken, to: &text)
        }
        if let expiration { try text.append("\",\"Expiration\":\"\(AWSTime.text(expiration))") }
        try text.append("\"}\n")
        return text.finish()
    }

    private static func append(_ secret: SecretBytes, to text: inout SecretBuffer) throws(SecretMemoryError) {
        try secret.withExposedBytes { (bytes) throws(SecretMemoryError) in
            for byte in bytes { try append(byte, to: &text) }
        }
    }

    private static func append(_ byte: UInt8, to text: inout SecretBuffer) throws(SecretMemoryError) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            try text.append(UInt8(ascii: "\\"))
            try text.append(byte)
        case 0x00..<0x20:
            try text.append("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))")
        default: try text.append(byte)
        }
    }
}
