package import Diagnostics
import Policy
import StrictJSON

extension Diagnostic.ID {
    /// A claim cannot be part of a fake token.
    package static let fakeClaimRefused = Diagnostic.ID("fake-claim-refused")
}

/// The claims of a fake token: those that were given, and the rest as GitHub would set them.
package struct FakeClaims: Sendable {
    /// The two forms of GitHub's `sub`.
    package enum SubjectForm: String, CaseIterable, Sendable {
        /// `repo:OWNER/REPO:…`
        case classic
        /// `repo:OWNER@OWNER-ID/REPO@REPO-ID:…`, of repositories made after 2026-07-15.
        case immutable
    }

    /// Names and values in a fixed order; only the three times are numbers.
    package let members: [(name: String, value: String)]

    private static let times = ["iat", "nbf", "exp"]

    /// Completes the claims given; they win over everything else but the issuer.
    ///
    /// The times are those of a GitHub token that was issued `now`: valid from 10 minutes before to 5 minutes after.
    package init(
        _ given: [(name: String, value: String)] = [],
        form: SubjectForm = .classic,
        audience: String,
        now: Int64
    ) throws(Diagnostic) {
        for (name, value) in given { try Self.check(name, value) }
        var members = [("iss", IssuerConfiguration.localIssuer)] + Self.completed(given, form)
        let defaults = [
            ("aud", audience), ("iat", String(now)), ("nbf", String(now &- 600)), ("exp", String(now &+ 300)),
        ]
        for (name, value) in defaults where !members.contains(where: { $0.0.utf8.elementsEqual(name.utf8) }) {
            members.append((name, value))
        }
        self.members = members.map { (name: $0.0, value: $0.1) }
    }

    /// Of two values for one claim, the later one was meant.
    private static func completed(_ given: [(name: String, value: String)], _ form: SubjectForm) -> [(String, String)] {
        var own: [(name: String, value: String)] = []
        for claim in given {
            own.removeAll { $0.name.utf8.elementsEqual(claim.name.utf8) }
            own.append(claim)
        }
        let random = [UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max)]
        let token = TokenCompletion(own)
        let subject = GitHubSubject { token.value($0) }
        // Another issuer's repository need not be OWNER/NAME, and no token is accepted without a subject.
        let plain = "repo:\(token.value("repository")):ref:\(token.value("ref"))"
        let rest = [
            ("run_id", "1"), ("jti", "fake-" + random.map { String($0, radix: 16) }.joined(separator: "-")),
            ("sub", (form == .classic ? subject?.classic : subject?.immutable) ?? plain),
        ]
        return token.claims.map { ($0.name, $0.value) }
            + rest.filter { name, _ in !own.contains { $0.name.utf8.elementsEqual(name.utf8) } }
    }

    /// The payload of the token.
    var payload: [UInt8] {
        let object = members.map { name, value -> (String, JSONWriter) in
            let number = Self.times.contains(name) ? Int64(value) : nil
            return (name, number.map(JSONWriter.integer) ?? .string(value))
        }
        return Array(JSONWriter.object(object).line.utf8)
    }

    private static func check(_ name: String, _ value: String) throws(Diagnostic) {
        guard !name.utf8.elementsEqual("iss".utf8) else {
            throw Diagnostic(
                .fakeClaimRefused,
                "a fake token's issuer is always `\(IssuerConfiguration.localIssuer)`",
                [.help("leave `iss` out; a fake token must not pass for a real one")]
            )
        }
        guard !name.isEmpty else { throw Diagnostic(.fakeClaimRefused, "a claim has no name") }
        guard !times.contains(name) || Int64(value) != nil else {
            throw Diagnostic(.fakeClaimRefused, "the claim `\(name)` is not a whole number of seconds")
        }
    }
}
