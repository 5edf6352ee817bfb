/// The two forms that the beginning of GitHub's `sub` has.
///
/// Source: docs.github.com, "OpenID Connect reference"; repositories made, renamed or moved after 2026-07-15 have the
/// second.
package enum SubjectForm: Sendable, CaseIterable {
    /// `repo:OWNER/NAME:…`.
    case classic
    /// `repo:OWNER@OWNER-ID/NAME@ID:…`.
    case immutable

    /// Whether a token of this form can meet a value; where that is too much to find out, it can.
    package func canMeet(_ value: TrustCondition.Value) -> Bool {
        (try? SubjectSplit.ways(value.elements, self).isEmpty) != true
    }

    /// What a `sub` is made of, in order.
    enum Part: Hashable {
        /// This text.
        case text(String)
        /// The owner's name.
        case owner
        /// The owner's id.
        case ownerID
        /// The repository's name, without the owner.
        case name
        /// The repository's id.
        case repositoryID
    }

    /// The parts before the context, which is what comes behind the last colon of them.
    var parts: [Part] {
        switch self {
        case .classic: [.text("repo:"), .owner, .text("/"), .name, .text(":")]
        case .immutable:
            [.text("repo:"), .owner, .text("@"), .ownerID, .text("/"), .name, .text("@"), .repositoryID, .text(":")]
        }
    }
}

/// What the end of `sub` says.
enum SubjectContext: CaseIterable {
    /// The ref.
    case ref
    /// That a pull request started it.
    case pullRequest
    /// The environment that the job names.
    case environment

    /// What it begins with; for a pull request, all of it.
    var start: String {
        switch self {
        case .environment: "environment:"
        case .pullRequest: "pull_request"
        case .ref: "ref:"
        }
    }

    /// The context of a token by the model, where nothing better is known.
    init(_ claim: (String) -> String?) {
        if claim("environment") != nil {
            self = .environment
        } else {
            self = claim("event_name") == "pull_request" ? .pullRequest : .ref
        }
    }

    /// The end of a token's `sub`.
    func text(_ claim: (String) -> String?) -> String {
        switch self {
        case .environment: start + (claim("environment") ?? "").replacing(":", with: "%3A")
        case .pullRequest: start
        case .ref: start + (claim("ref") ?? "")
        }
    }
}
