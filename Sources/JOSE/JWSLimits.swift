internal import StrictJSON

/// How much of a token is looked at before it is refused.
package struct JWSLimits: Sendable {
    /// The longest token, in bytes.
    package let bytes: Int
    /// Whether the payload may have no bytes, as RFC 7515 lets it.
    ///
    /// False for ID tokens, whose payload is an object; true measures the signature rules alone.
    package let allowsEmptyPayload: Bool
    let header = JSONLimits.token

    /// Sets the limits.
    package init(bytes: Int = 16 * 1024, allowsEmptyPayload: Bool = false) {
        self.bytes = bytes
        self.allowsEmptyPayload = allowsEmptyPayload
    }

    /// For ID tokens: 16 KiB, no part empty.
    package static let token = JWSLimits()
}
