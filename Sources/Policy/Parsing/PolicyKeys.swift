/// The keys of each place in a policy; the parser refuses every other, and the JSON Schema is held against them.
package enum PolicyKeys {
    /// The keys of one place, with those that must be there.
    package struct Place: Sendable {
        /// What messages call the place.
        package let name: String
        /// Every key the place can have.
        package let all: [String]
        /// The keys it must have.
        package let required: [String]
    }

    /// The file.
    package static let file = Place(
        name: "the policy",
        all: [
            "version", "issuer", "repository", "repository_id", "repository_owner_id", "owners", "defaults",
            "environments", "deny", "assert", "tests", "lint",
        ],
        required: ["version", "environments"]
    )
    /// A baseline, which gives nothing.
    package static let baseline = Place(
        name: "the baseline", all: ["version", "issuer", "deny", "assert"], required: ["version"])
    /// `defaults`.
    package static let defaults = Place(name: "`defaults`", all: ["ttl", "max_age", "owner"], required: [])
    /// An environment.
    package static let environment = Place(
        name: "an environment",
        all: ["local", "protected", "exchange", "secrets", "grants"],
        required: ["secrets"]
    )
    /// `exchange`.
    package static let exchange = Place(name: "`exchange`", all: ["aws", "broker", "audience"], required: [])
    /// `aws`.
    package static let aws = Place(
        name: "`aws`", all: ["role", "region", "allow_widening", "reason"], required: ["role", "region"])
    /// A secret.
    package static let secret = Place(
        name: "a secret",
        all: ["from", "env", "file", "mask", "owner", "max_age", "category"],
        required: ["from"]
    )
    /// `file`.
    package static let secretFile = Place(name: "`file`", all: ["path", "mode"], required: ["path"])
    /// A grant.
    package static let grant = Place(
        name: "a grant",
        all: ["id", "when", "read", "ttl", "reason", "not_before", "expires"],
        required: ["id", "when", "read"]
    )
    /// An element of `deny`.
    package static let deny = Place(name: "a deny rule", all: ["id", "when", "read"], required: ["id", "read"])
    /// An element of `assert`.
    package static let assertion = Place(
        name: "an assertion",
        all: ["id", "never", "only", "possible", "read"],
        required: ["id", "read"]
    )
    /// An element of `tests`.
    package static let test = Place(name: "a test", all: ["at", "token", "allow", "deny"], required: ["token"])
    /// `lint`.
    package static let lint = Place(name: "`lint`", all: ["persona", "baseline", "ignore"], required: [])
}
