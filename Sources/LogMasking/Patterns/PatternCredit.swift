/// Whose secret a pattern shows, and in which form.
struct PatternCredit: Hashable, Sendable {
    /// The place of the secret's name in a `NameTable`.
    let name: Int
    /// The place of the form in the order of forms; a lower one wins.
    let form: Int
}
