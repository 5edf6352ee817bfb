/// One row of the model: tokens of some events, and what their claims can be.
package struct TokenRow: Sendable {
    /// How the row is known.
    package enum Status: String, Sendable {
        /// GitHub's documentation says so.
        case documented
        /// Seen in tokens, and not documented.
        case observed
        /// Neither: assumed, so that nothing is proved of tokens that nobody knows.
        case assumed
    }

    /// Where the workflow of the row's tokens stands.
    enum Workflow: Hashable, Sendable {
        /// At the token's own ref.
        case ownRef
        /// At one of these refs, whatever the token's ref is.
        case other(Language)
    }

    /// The name.
    package let name: String
    /// The events, for people.
    package let events: [String]
    /// The ref, for people.
    package let ref: String
    /// A ref of the row, for tokens of which no condition asks for the ref.
    package let exampleRef: String
    /// What else is said of the row.
    package let remark: String
    /// How it is known.
    package let status: Status
    /// Where it is known from.
    package let source: String
    /// The ref's values.
    let refs: Language
    /// Where the workflow stands.
    let workflow: Workflow
    /// What the workflow's path in its repository can be.
    let paths: Language
    /// What the other claims can be, where it is not what every token's can be.
    let claims: [String: ClaimShape]
}
