package import Secrets

/// A request as the router sees it, whoever's HTTP it came over.
package struct BrokerRequest: Sendable {
    /// The method.
    package let method: String
    /// The path with its query.
    package let target: String
    /// The header's media type, without parameters, in lower case.
    package let contentType: String?
    /// The value of `Authorization`.
    package let authorization: SecretBytes?
    /// The body; it may hold a token.
    package let body: SecretBytes
    /// Where it came from.
    package let origin: RequestOrigin

    /// Describes a request.
    package init(
        method: String,
        target: String,
        contentType: String?,
        authorization: SecretBytes?,
        body: SecretBytes,
        origin: RequestOrigin
    ) {
        self.method = method
        self.target = target
        self.contentType = contentType
        self.authorization = authorization
        self.body = body
        self.origin = origin
    }

    /// The token of `Authorization: Bearer`, or nil where there is none (RFC 6750, section 2.1).
    var bearer: SecretBytes? {
        authorization?.withExposedBytes { value in
            let scheme = Array("bearer ".utf8)
            guard value.count > scheme.count, value.prefix(scheme.count).map({ $0 | 0x20 }).elementsEqual(scheme) else {
                return nil
            }
            return try? SecretBytes(copying: UnsafeRawBufferPointer(rebasing: value.dropFirst(scheme.count)))
        }
    }
}
