internal import Audit
internal import Diagnostics
internal import EncryptedFile
internal import Policy
internal import SecretStores
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

    /// Why there are no values, and for want of which one.
    private struct Failure: Error {
        let refusal: Refusal
        var path: SecretPath?
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
        do throws(Failure) { values = try await self.values(names, holder) } catch {
            throw await core.refused(error.refusal, origin, as: .secretRead) { event in
                holder.describe(&event)
                let wanted = error.path.map { [$0] } ?? names
                event.object = AuditEvent.Object(name: wanted.map(\.description).joined(separator: " "))
            }
        }
        try await core.record(values.map { holder.event(read: $0.path, version: $0.version) })
        core.metrics.count(.fetch(values.count))
        await core.noteUse(of: names, by: holder.issued)
        return values
    }

    private func values(_ names: [SecretPath], _ holder: TokenHolder) async throws(Failure) -> [Value] {
        let opened = Set(holder.issued.secrets)
        guard names.allSatisfy(opened.contains) else { throw Failure(refusal: .scope) }
        var values: [Value] = []
        for environment in Set(names.map(\.environment)).sorted() {
            let own = names.filter { $0.environment.utf8.elementsEqual(environment.utf8) }
            let entries = own.compactMap(holder.policy.secret)
            guard entries.count == own.count, let place = holder.policy.environment(environment) else {
                throw Failure(refusal: .scope)
            }
            let answers = await core.values.values(of: entries, in: place, of: holder.policy)
            for (path, entry) in zip(own, entries) {
                guard case .success(let value) = answers[entry.name] else {
                    throw missing(path, answers[entry.name], holder)
                }
                values.append(Value(path: path, delivery: entry.delivery, bytes: value.bytes, version: value.version))
            }
        }
        return values
    }

    private func missing(
        _ path: SecretPath,
        _ answer: Result<StoredValue, Diagnostic>?,
        _ holder: TokenHolder
    ) -> Failure {
        guard case .failure(let diagnostic) = answer else { return Failure(refusal: .unavailable(.store), path: path) }
        core.valueFailed(path, holder.policy.repository, diagnostic)
        let isLasting = Self.lasting.contains(diagnostic.id)
        let description =
            isLasting
            ? "the broker does not have a value, or cannot open it; its own log says which, and why"
            : "the broker cannot get a value now; try again"
        let refusal = Refusal(
            .unavailable, description, reason: diagnostic.id.description, isLasting: isLasting)
        return Failure(refusal: refusal, path: path)
    }

    /// What is so until somebody changes something.
    private static let lasting: Set<Diagnostic.ID> = [
        .secretMissing, .secretUnreadable, .secretOutside, .storedSecretTooLarge, .storeUnsupported, .dotenvSyntax,
        .dotenvUnterminatedQuote, .dotenvDuplicateKey, .encryptedFileRefused, .encryptedFileLocked,
        .encryptedNameRefused,
    ]
}
