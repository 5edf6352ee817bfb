extension Duration {
    /// Whole milliseconds for libcurl, at least one because it takes zero as "no limit", and within its 32 bits.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        let limited = min(max(seconds, 0), 1_000_000)
        return max(Int(limited) * 1000 + Int(attoseconds / 1_000_000_000_000_000), 1)
    }
}
