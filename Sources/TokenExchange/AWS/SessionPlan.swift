import AWSClient
import Diagnostics
import Policy
import Secrets

/// Which sessions a job needs: one, or, where its policy would be too long for AWS, several that read a part each.
///
/// A part is a whole number of the stores' requests, so that no request is made twice because of it.
struct SessionPlan {
    /// A session's policy and what is read with it.
    struct Part {
        let policy: SessionPolicy
        let secrets: [GrantedSecret]
        /// Keys of KMS that unwrap data keys with it.
        let keys: [String]
    }

    private struct Entry {
        let resource: SessionResource
        var secrets: [GrantedSecret]
    }

    private(set) var parts: [Part] = []

    /// Plans the sessions for secrets; there is none for what AWS does not hold.
    init(
        for purpose: SessionPolicy.Purpose = .fetching,
        of secrets: [GrantedSecret],
        keys: [String] = [],
        role: RoleARN,
        region: String
    ) throws(Diagnostic) {
        var entries = try Self.entries(secrets, role, region)
        for key in purpose == .fetching ? keys : [] {
            entries.append(Entry(resource: try SessionResource(key: key), secrets: []))
        }
        guard !entries.isEmpty else { return }
        if let whole = Self.part(purpose, entries) {
            parts = [whole]
            return
        }
        var sessions: [[Entry]] = []
        for unit in try Self.units(purpose, entries) {
            // First fit: a short unit may still find room in an earlier session.
            let index = sessions.firstIndex { Self.part(purpose, $0 + unit) != nil }
            if let index { sessions[index] += unit } else { sessions.append(unit) }
        }
        parts = sessions.compactMap { Self.part(purpose, $0) }
    }

    /// What each resource is read for, in the order of the policy file.
    private static func entries(
        _ secrets: [GrantedSecret],
        _ role: RoleARN,
        _ region: String
    ) throws(Diagnostic) -> [Entry] {
        var entries: [Entry] = []
        for granted in secrets {
            let found: SessionResource?
            do throws(Diagnostic) {
                found = try SessionResource(granted.secret.reference, account: role, region: region)
            } catch {
                throw error.pointing(at: .span(granted.secret.span, label: nil))
            }
            guard let resource = found else { continue }
            if let index = entries.firstIndex(where: { $0.resource == resource }) {
                entries[index].secrets.append(granted)
            } else {
                entries.append(Entry(resource: resource, secrets: [granted]))
            }
        }
        return entries
    }

    /// Requests' worth of entries that fit into a session each.
    private static func units(_ purpose: SessionPolicy.Purpose, _ entries: [Entry]) throws(Diagnostic) -> [[Entry]] {
        var units: [[Entry]] = []
        for (service, limit) in [
            (AWSService.secretsManager, SecretsManager.batchLimit), (.ssm, ParameterStoreService.batchLimit),
            (.kms, 10),
        ] {
            let own = entries.filter { $0.resource.service == service }
            for start in stride(from: 0, to: own.count, by: limit) {
                units += try halved(purpose, Array(own[start..<min(start + limit, own.count)]))
            }
        }
        return units
    }

    private static func halved(_ purpose: SessionPolicy.Purpose, _ unit: [Entry]) throws(Diagnostic) -> [[Entry]] {
        guard part(purpose, unit) == nil else { return [unit] }
        guard unit.count > 1 else { throw tooLong(unit) }
        let middle = unit.count / 2
        return try halved(purpose, Array(unit[..<middle])) + halved(purpose, Array(unit[middle...]))
    }

    private static func part(_ purpose: SessionPolicy.Purpose, _ entries: [Entry]) -> Part? {
        let policy = SessionPolicy(for: purpose, of: entries.map(\.resource))
        guard policy.fits else { return nil }
        let keys = entries.filter { $0.resource.service == .kms }.map(\.resource.arn)
        return Part(policy: policy, secrets: entries.flatMap(\.secrets), keys: keys)
    }

    private static func tooLong(_ unit: [Entry]) -> Diagnostic {
        let granted = unit.first?.secrets.first
        return Diagnostic(
            .sessionPolicyTooLong,
            "the name of `\(granted?.secret.name.text ?? "")` in AWS is too long for a session's policy",
            at: granted.map { .span($0.secret.span, label: nil) },
            [.help("AWS takes \(WebIdentityRequest.longestPolicy) characters of policy: give it a shorter name")]
        )
    }
}

extension Diagnostic.ID {
    /// AWS would refuse a session's policy for its length.
    static let sessionPolicyTooLong = Diagnostic.ID("session-policy-too-long")
}
