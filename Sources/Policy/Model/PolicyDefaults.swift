/// What holds for a grant or secret that does not say it itself.
package struct PolicyDefaults: Hashable, Sendable {
    /// How long a grant's token lives, in seconds.
    package let ttl: Int
    /// How old a secret may become before it is overdue, in seconds; nil for no limit.
    package let maximumAge: Int?
    /// Who rotates a secret.
    package let owner: String?
}
