import HTTPTransport

extension AWSError {
    /// Why a request is worth another try.
    enum RetryReason: Sendable {
        /// Something broke on the way.
        case transient
        /// There were too many requests.
        case throttled
    }

    /// Whether another try may help, by the codes and statuses that AWS's own clients go by
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
    var retryReason: RetryReason? {
        if isThrottling { return .throttled }
        return isTransient ? .transient : nil
    }

    /// Whether it may be gone at the next try.
    package var isPassing: Bool { retryReason != nil }

    /// Why there is a wait, in a few words; where the tries end, `text` says all of it.
    var reasonToWait: String {
        guard !isThrottling else { return "\(service.name) throttled" }
        switch kind {
        case .unreachable: return "\(service.name) could not be reached"
        case .refused(let status), .unreadable(let status):
            return "\(service.name) answered \(code.isEmpty ? String(status) : code)"
        case .unsendable: return text
        }
    }

    /// Whether the service says that it is asked too much.
    package var isThrottling: Bool {
        hasCode(among: [
            "Throttling", "Throttled", "RequestThrottled", "TooManyRequests", "ProvisionedThroughputExceeded",
            "TransactionInProgress", "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceeded", "SlowDown",
            "PriorRequestNotComplete", "EC2Throttled",
        ]) || (code.isEmpty && status == 429)
    }

    private var isTransient: Bool {
        switch kind {
        case .unreachable(let code): [.connect, .proxyUnreachable, .timeout, .transport].contains(code)
        case .refused(let status), .unreadable(let status):
            [500, 502, 503, 504].contains(status)
                || hasCode(among: Self.transientCodes)
        case .unsendable: false
        }
    }

    private static let transientCodes = [
        "RequestTimeout", "KeyUnavailable", "DependencyTimeout",
        // A 400 by which STS says that it could not reach the issuer in time.
        "IDPCommunicationError",
        // One secret's in the answer of a batch, which is a 200.
        "InternalServiceError", "InternalServerError", "InternalFailure", "ServiceUnavailable",
    ]

    private var status: Int? {
        switch kind {
        case .refused(let status), .unreadable(let status): status
        case .unreachable, .unsendable: nil
        }
    }
}
