internal import Diagnostics

/// A policy of IAM, as far as the rules look at it.
struct IAMDocument: Sendable {
    /// Its statements, in order.
    let statements: [IAMStatement]
    /// Where it begins.
    let span: SourceSpan
    /// How many characters it has without white space, which IAM does not count.
    let length: Int

    /// Whether it says who may become a role, and not what a role may do.
    var isTrust: Bool { statements.contains { !$0.principals.isEmpty } }
}

/// One statement of a policy of IAM.
struct IAMStatement: Sendable {
    /// How people call it: by its `Sid`, or by its number.
    let name: String
    /// Where it begins.
    let span: SourceSpan
    /// Whether it denies.
    let isDeny: Bool
    /// Whom it is about: the provider of an identity, or `*`.
    let principals: [IAMText]
    /// The actions it is about.
    let actions: [IAMText]
    /// The actions it is not about; it is about all others.
    let exceptions: [IAMText]
    /// The resources it is about.
    let resources: [IAMText]
    /// What must hold.
    let conditions: [IAMCondition]

    /// Whether it is about an action, such as `kms:Decrypt`.
    func covers(_ action: String) -> Bool {
        let matches = { (text: IAMText) in text.matches(action, ignoringCase: true) }
        return actions.contains(where: matches) || !exceptions.isEmpty && !exceptions.contains(where: matches)
    }
}

/// One key of a statement's conditions.
struct IAMCondition: Sendable {
    /// The operator, such as `StringLike`.
    let test: IAMText
    /// The key.
    let key: IAMText
    /// The values; any one is enough.
    let values: [IAMText]

    /// Whether the key is of this name; IAM does not look at its case.
    func isAbout(_ name: String) -> Bool { key.text.lowercased() == name.lowercased() }
}
