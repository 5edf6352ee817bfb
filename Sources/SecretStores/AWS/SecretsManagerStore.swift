package import AWSClient
package import Diagnostics
package import Secrets

/// `aws-sm:`: secrets of Secrets Manager, each version fetched once for all the names that need it.
///
/// Up to 20 secrets go into one request, and requests run in parallel. Where the batch is refused or throttled, each
/// secret is asked for alone: that takes no right of its own and has a far higher limit. So is one that broke in a batch.
package struct SecretsManagerStore: SecretStore {
    private let session: AWSSession

    /// A store that asks AWS.
    package init(_ session: AWSSession) { self.session = session }

    /// Holds `aws-sm:` references.
    package func holds(_ reference: SecretReference) -> Bool {
        guard case .secretsManager = reference else { return false }
        return true
    }

    /// Fetches each secret once and takes from it what each request names.
    package func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        await versions(of: requests).mapValues { $0.map(\.bytes) }
    }

    /// Does the same, and says of each value which version it is of.
    package func versions(
        of requests: [SecretRequest]
    ) async -> [SecretName: Result<VersionedValue, Diagnostic>] {
        let wanted = requests.compactMap { request in SecretLocation(request.reference).map { (request, $0) } }
        guard !wanted.isEmpty else { return [:] }
        let values: [SecretLocation: Result<VersionedValue, Diagnostic>]
        do throws(Diagnostic) {
            let credentials = try await session.credentials.credentials()
            values = await self.values(of: Set(wanted.map(\.1)), credentials)
        } catch {
            return Dictionary(wanted.map { ($0.0.name, .failure(error)) }) { first, _ in first }
        }
        var answers: [SecretName: Result<VersionedValue, Diagnostic>] = [:]
        for (request, location) in wanted {
            guard case .secretsManager(_, let key, _) = request.reference, let value = values[location] else {
                continue
            }
            answers[request.name] = value.flatMap { value in
                guard let key else { return .success(value) }
                return JSONSelection(key: key, place: location.id).value(in: value.bytes)
                    .map { VersionedValue($0, version: value.version) }
            }
        }
        return answers
    }

    private func values(
        of locations: Set<SecretLocation>,
        _ credentials: AWSCredentials
    ) async -> [SecretLocation: Result<VersionedValue, Diagnostic>] {
        let sorted = locations.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        let groups = Dictionary(grouping: sorted) { $0.version == nil ? $0.region ?? "" : "\u{0}" }
        var chunks = (groups["\u{0}"] ?? []).map { [$0] }
        for (region, group) in groups where region != "\u{0}" { chunks += group.chunked(by: SecretsManager.batchLimit) }
        return await Parallel.map(chunks) { await fetch($0, credentials) }
            .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }

    /// Fetches locations of one region, a batch of them only where there are several.
    private func fetch(
        _ chunk: [SecretLocation],
        _ credentials: AWSCredentials
    ) async -> [SecretLocation: Result<VersionedValue, Diagnostic>] {
        let service: SecretsManager
        do throws(Diagnostic) {
            let region = chunk.first?.region
            service = SecretsManager(try region.map(session.connection.inRegion) ?? session.connection)
        } catch {
            return Dictionary(uniqueKeysWithValues: chunk.map { ($0, .failure(error)) })
        }
        var results = chunk.count > 1 ? await batch(chunk, service, credentials) : [:]
        let rest = chunk.filter { results[$0] == nil }
        let single = await Parallel.map(rest) { await value(of: $0, service, credentials) }
        results.merge(zip(rest, single)) { first, _ in first }
        return results
    }

    private func value(
        of location: SecretLocation,
        _ service: SecretsManager,
        _ credentials: AWSCredentials
    ) async -> Result<VersionedValue, Diagnostic> {
        do throws(AWSError) {
            return .success(
                try await service.value(of: location.id, version: location.version, signedBy: credentials)
            )
        } catch {
            return .failure(explain(error, location))
        }
    }

    /// The results of a batch; secrets that are not among them have to be asked for alone.
    private func batch(
        _ chunk: [SecretLocation],
        _ service: SecretsManager,
        _ credentials: AWSCredentials
    ) async -> [SecretLocation: Result<VersionedValue, Diagnostic>] {
        var results: [SecretLocation: Result<VersionedValue, Diagnostic>] = [:]
        do throws(AWSError) {
            let answers = try await service.batch(chunk.map(\.id), signedBy: credentials)
            for (location, answer) in zip(chunk, answers) {
                // Asked for alone, it is tried again.
                if case .failure(let error)? = answer, error.isPassing { continue }
                results[location] = answer?.mapError { explain($0, location) }
            }
        } catch {
            guard !error.isThrottling, !error.mayBeOfOne else { return [:] }
            for location in chunk { results[location] = .failure(explain(error, location)) }
        }
        return results
    }

    private func explain(_ error: AWSError, _ location: SecretLocation) -> Diagnostic {
        let region = location.region ?? session.connection.settings.region
        return error.diagnostic(of: "secret `\(location.id)`", in: region)
    }
}
