import Synchronization

/// What all requests to one service may spend on tries together, so that a service that is down is not asked to death.
///
/// The figures are those of AWS's own clients from 2026 on
/// (docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
final class RetryQuota: Sendable {
    private static let full = 500
    private let left = Mutex(RetryQuota.full)

    /// What a try for a reason costs.
    static func cost(_ reason: AWSError.RetryReason) -> Int {
        switch reason {
        case .transient: 14
        case .throttled: 5
        }
    }

    /// Takes what a try costs; false where there is not enough left.
    func take(_ cost: Int) -> Bool {
        left.withLock { left in
            guard left >= cost else { return false }
            left -= cost
            return true
        }
    }

    /// Gives back what a successful try had cost, or 1 for a success at the first try.
    func give(_ amount: Int) {
        left.withLock { $0 = min($0 + amount, Self.full) }
    }
}
