internal import StrictJSON

/// What happened, before it has a place in a log; never a value, and of a token only its digest.
package struct AuditEvent: Sendable {
    /// The kind.
    package let kind: AuditEventKind
    /// How it ended.
    package let outcome: AuditOutcome
    /// Why it ended so, as a word that programs can rely on.
    package var reason: String?
    /// Who did it, as far as that was verified.
    package var actor: AuditActor?
    /// The SHA-256 of the token that was shown, in hexadecimal.
    package var tokenDigest: String?
    /// The `jti` of the job's token.
    package var tokenID: String?
    /// Where it came from.
    package var source: Source?
    /// What it was done to.
    package var object: Object?
    /// What allowed it.
    package var policy: Policy?
    /// The grant's reason and end, where it is a break-glass one.
    package var breakGlass: BreakGlass?

    /// Describes an event; what is known beside it is set afterwards.
    package init(_ kind: AuditEventKind, _ outcome: AuditOutcome, reason: String? = nil) {
        self.kind = kind
        self.outcome = outcome
        self.reason = reason
    }

    /// Where a request came from.
    package struct Source: Sendable {
        /// The address.
        package let address: String
        /// What the client calls itself; at most 200 bytes of it are kept.
        package let userAgent: String?

        /// Describes an origin.
        package init(address: String, userAgent: String? = nil) {
            self.address = address
            self.userAgent = userAgent.map { String(decoding: $0.utf8.prefix(200), as: UTF8.self) }
        }
    }

    /// What an event is about.
    package struct Object: Sendable {
        /// The environment.
        package var environment: String?
        /// The secret, or the file or other thing where it is none; a long list of secrets is shortened.
        package let name: String
        /// The secret's version, where the store says it.
        package var version: String?

        /// Names a thing.
        package init(environment: String? = nil, name: String, version: String? = nil) {
            self.environment = environment
            self.name = AuditList.shortened(name, to: 16 * 1024)
            self.version = version
        }
    }

    /// The policy that decided.
    package struct Policy: Sendable {
        /// The SHA-256 of its text, in hexadecimal.
        package let digest: String
        /// The grant that allowed, where one did; a long list of grants is shortened.
        package let grant: String?

        /// Names a policy.
        package init(digest: String, grant: String? = nil) {
            self.digest = digest
            self.grant = grant.map { AuditList.shortened($0, to: 8 * 1024) }
        }
    }

    /// Why an emergency's grant exists.
    package struct BreakGlass: Sendable {
        /// The reason; at most 4 KiB of it are kept.
        package let reason: String
        /// When it ends, in seconds since the Unix epoch.
        package let expires: Int64?

        /// Describes it.
        package init(reason: String, expires: Int64?) {
            self.reason = String(decoding: reason.utf8.prefix(4096), as: UTF8.self)
            self.expires = expires
        }
    }
}

extension AuditEvent {
    /// The members in their fixed order, absent ones left out.
    var members: [(String, JSONWriter)] {
        let optional: [(String, JSONWriter?)] = [
            ("event", .string(kind.rawValue)), ("outcome", .string(outcome.rawValue)),
            ("reason", reason.map(JSONWriter.string)), ("actor", actor?.json),
            ("token_sha256", tokenDigest.map(JSONWriter.string)), ("jti", tokenID.map(JSONWriter.string)),
            ("source", source?.json), ("object", object?.json), ("policy", policy?.json),
            ("break_glass", breakGlass?.json),
        ]
        return optional.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension AuditEvent.Source {
    fileprivate var json: JSONWriter { .present([("ip", address), ("user_agent", userAgent)]) }
}

extension AuditEvent.Object {
    fileprivate var json: JSONWriter {
        .present([("environment", environment), ("secret", name), ("version", version)])
    }
}

extension AuditEvent.Policy {
    fileprivate var json: JSONWriter { .present([("digest", digest), ("grant", grant)]) }
}

extension AuditEvent.BreakGlass {
    fileprivate var json: JSONWriter { .present([("reason", reason), ("expires", expires.map(AuditTime.seconds))]) }
}

extension JSONWriter {
    /// An object of the members that have a text.
    fileprivate static func present(_ members: [(String, String?)]) -> JSONWriter {
        .object(members.compactMap { name, text in text.map { (name, .string($0)) } })
    }
}
