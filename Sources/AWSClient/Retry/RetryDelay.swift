/// How long to wait before a try.
enum RetryDelay {
    private static let longest = 20_000.0
    private static let hintSlack: Int64 = 5000

    /// A random part of a time that doubles, in milliseconds; a service's own wish counts within 5 s of that.
    ///
    /// `retry` counts from 0. `chance` is from 0 to 1.
    static func milliseconds(
        before retry: Int,
        for reason: AWSError.RetryReason,
        hint: Int64?,
        chance: Double
    ) -> Int64 {
        let base: Double =
            switch reason {
            case .transient: 50
            case .throttled: 1000
            }
        let doublings = Double(1 << min(max(retry, 0), 20))
        let own = Int64(min(max(chance, 0), 1) * min(base * doublings, longest))
        guard let hint else { return own }
        return min(max(hint, own), own + hintSlack)
    }
}
