internal import Audit
internal import Diagnostics
internal import Policy
package import Secrets

/// A scoped token for the values it opens.
package struct FetchService: Sendable {
    /// A value on its way out.
    package struct Value: Sendable {
        /// The secret's name.
        package let path: SecretPath
        /// How it is to be delivered.
        package let delivery: SecretDelivery
        /// The value.
        package let bytes: SecretBytes
        /// Its version, where the store says it.
        package let version: String?
    }

    private let core: BrokerCore

    /// A service of a broker.
    package init(_ core: BrokerCore) { self.core = core }

    /// The named values, or all that the token opens where none is named; all of them or none, and recorded first.
    package func fetch(
        _ wanted: [SecretPath],
        with token: SecretBytes,
        from origin: RequestOrigin
    ) async throws(Refusal) -> [Value] {
        let holder = try await core.holder(of: token, from: origin)
        let names = wanted.isEmpty ? holder.issued.secrets : Array(Set(wanted)).sorted()
        let values: [Value]
        do throws(Refusal) { values = try await self.values(names, holder) } catch {
            throw await core.refused(error, origin, as: .secretRead) { event in
                holder.describe(&event)
                event.object = AuditEvent.Object(name: names.map(\.description).joined(separator: " "))
            }
        }
        try await core.record(values.map { holder.event(read: $0.path, version: $0.version) })
        core.metrics.count(.fetch(values.count))
        await core.noteUse(of: names, by: holder.issued)
        return values
    }

    private func values(_ names: [SecretPath], _ holder: TokenHolder) async throws(Refusal) -> [Value] {
        let opened = Set(holder.issued.secrets)
        guard names.allSatisfy(opened.contains) else { throw .scope }
        var values: [Value] = []
        for environment in Set(names.map(\.environment)).sorted() {
            let own = names.filter { $0.environment.utf8.elementsEqual(environment.utf8) }
            let entries = own.compactMap(holder.policy.secret)
            guard entries.count == own.count else { throw .scope }
            guard let place = holder.policy.environment(environment) else { throw .scope }
            let answers = await core.values.values(of: entries, in: place, of: holder.policy)
            for (path, entry) in zip(own, entries) {
                guard case .success(let value) = answers[entry.name] else { throw Self.missing(answers[entry.name]) }
                values.append(Value(path: path, delivery: entry.delivery, bytes: value.bytes, version: value.version))
            }
        }
        return values
    }

    private static func missing(_ answer: Result<StoredValue, Diagnostic>?) -> Refusal {
        guard case .failure(let diagnostic) = answer else { return .unavailable(.store) }
        return Refusal(.unavailable, "the broker cannot get the value now", reason: diagnostic.id.description)
    }
}
