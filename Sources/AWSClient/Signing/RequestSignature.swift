import HTTPTransport
import OpenSSLCrypto
import Secrets

/// Signature Version 4 (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html) of a `POST` without a query.
struct RequestSignature: Sendable {
    let credentials: AWSCredentials
    let service: AWSService
    let region: String
    let time: AWSTimestamp

    /// The headers that sign a request of these headers and this body, those that are already there not included.
    ///
    /// `headers` have lower-case names and hold neither `host` nor anything of the signature.
    func headers(
        signing headers: [(name: String, value: String)],
        endpoint: AWSEndpoint,
        body: HTTPBody
    ) throws(SignatureFailure) -> [(name: String, value: HTTPHeaderValue)] {
        do {
            var signed = headers.map { (name: $0.name, value: HTTPHeaderValue.plain($0.value)) }
            signed.append(("host", .plain(endpoint.host)))
            signed.append(("x-amz-date", .plain(time.dateTime)))
            if let token = credentials.sessionToken {
                signed.append(("x-amz-security-token", .secret(prefix: "", token)))
            }
            signed.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            let names = signed.map(\.name).joined(separator: ";")
            let request = try canonicalRequest(signed, names, endpoint.path, body)
            let hash = try request.withExposedBytes { (bytes) throws(CryptoError) in
                try DigestAlgorithm.sha256.hash(bytes)
            }
            let signature = try signature(of: Base16.text(hash))
            let authorization =
                "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(names), "
                + "Signature=\(signature)"
            return signed.filter { header in
                header.name.hasPrefix("x-amz-date") || header.name.hasPrefix("x-amz-security-token")
            } + [("authorization", .plain(authorization))]
        } catch {
            throw SignatureFailure()
        }
    }

    private var scope: String { "\(time.date)/\(region)/\(service.code)/aws4_request" }

    /// In secret memory: the session's token is part of it.
    private func canonicalRequest(
        _ headers: [(name: String, value: HTTPHeaderValue)],
        _ names: String,
        _ path: String,
        _ body: HTTPBody
    ) throws -> SecretBytes {
        var request = try SecretBuffer(capacity: 4096)
        try request.append("POST\n\(Self.encoded(path))\n\n")
        for (name, value) in headers {
            try request.append(name + ":")
            switch value {
            case .plain(let text): try request.append(text)
            case .secret(let prefix, let secret):
                try request.append(prefix)
                try secret.withExposedBytes { (bytes) throws(SecretMemoryError) in try request.append(bytes) }
            }
            try request.append("\n")
        }
        try request.append("\n\(names)\n")
        try request.append(Base16.text(try Self.hash(body)))
        return request.finish()
    }

    private func signature(of requestHash: String) throws -> String {
        let text = "AWS4-HMAC-SHA256\n\(time.dateTime)\n\(scope)\n\(requestHash)"
        let key = try signingKey()
        let code = try Array(text.utf8).withUnsafeBytes { try MessageAuthentication.sha256($0, key: key) }
        return Base16.text(code)
    }

    private func signingKey() throws -> SecretBytes {
        var start = try SecretBuffer(capacity: 4 + credentials.secretAccessKey.count)
        try start.append("AWS4")
        try credentials.secretAccessKey.withExposedBytes { (bytes) throws(SecretMemoryError) in
            try start.append(bytes)
        }
        var key = start.finish()
        for part in [time.date, region, service.code, "aws4_request"] {
            key = try MessageAuthentication.sha256Key(part, key: key)
        }
        return key
    }

    /// Each part of the path is encoded once more than it is sent.
    private static func encoded(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { PercentEncoding.component(String($0)) }.joined(separator: "/")
    }

    private static func hash(_ body: HTTPBody) throws -> [UInt8] {
        switch body {
        case .none: try DigestAlgorithm.sha256.hash(UnsafeRawBufferPointer(start: nil, count: 0))
        case .bytes(let bytes):
            try bytes.withUnsafeBytes { try DigestAlgorithm.sha256.hash($0) }
        case .secret(let secret):
            try secret.withExposedBytes { (bytes) throws(CryptoError) in try DigestAlgorithm.sha256.hash(bytes) }
        }
    }
}

/// A request could not be signed: there was no memory, or OpenSSL refused.
struct SignatureFailure: Error {}
