/// What Parameter Store says of a parameter without its value.
package struct ParameterDescription: Sendable {
    private let latest: Int64?

    init(latest: Int64?) { self.latest = latest }

    /// Whether there may be a version of this number, or, where it is a label, nil: labels are not described.
    package func has(_ selector: String) -> Bool? {
        guard let version = Int64(selector) else { return nil }
        guard version > 0 else { return false }
        return latest.map { version <= $0 } ?? true
    }
}
