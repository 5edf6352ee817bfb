package import AWSClient
package import Diagnostics
package import Secrets

/// `aws-ssm:`: parameters of Parameter Store, 10 a request, requests in parallel, each parameter fetched once.
///
/// Where a request is refused, each of its parameters is asked for alone.
package struct ParameterStore: SecretStore {
    private let session: AWSSession

    /// A store that asks AWS.
    package init(_ session: AWSSession) { self.session = session }

    /// Holds `aws-ssm:` references.
    package func holds(_ reference: SecretReference) -> Bool {
        guard case .parameterStore = reference else { return false }
        return true
    }

    /// Fetches each parameter once.
    package func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        await versions(of: requests).mapValues { $0.map(\.bytes) }
    }

    /// Fetches each parameter once, and says of each which version it is.
    package func versions(
        of requests: [SecretRequest]
    ) async -> [SecretName: Result<VersionedValue, Diagnostic>] {
        var namesByPath: [[UInt8]: [SecretName]] = [:]
        var paths: [String] = []
        for request in requests {
            guard case .parameterStore(let path, let selector) = request.reference else { continue }
            let full = selector.map { path + ":" + $0 } ?? path
            if namesByPath[Array(full.utf8)] == nil { paths.append(full) }
            namesByPath[Array(full.utf8), default: []].append(request.name)
        }
        guard !paths.isEmpty else { return [:] }
        var answers: [SecretName: Result<VersionedValue, Diagnostic>] = [:]
        for (path, value) in await values(of: paths) {
            for name in namesByPath[Array(path.utf8)] ?? [] { answers[name] = value }
        }
        return answers
    }

    private func values(of paths: [String]) async -> [(String, Result<VersionedValue, Diagnostic>)] {
        let credentials: AWSCredentials
        do throws(Diagnostic) { credentials = try await session.credentials.credentials() } catch {
            return paths.map { ($0, .failure(error)) }
        }
        return await Parallel.map(Self.chunks(paths)) { await fetch($0, credentials) }.flatMap(\.self)
    }

    /// Fetches parameters in one request, and each alone where it is refused: for AWS it is enough that one of them is.
    private func fetch(
        _ chunk: [String],
        _ credentials: AWSCredentials
    ) async -> [(String, Result<VersionedValue, Diagnostic>)] {
        let region = session.connection.settings.region
        do throws(AWSError) {
            let service = ParameterStoreService(session.connection)
            let results = try await service.parameters(chunk, signedBy: credentials)
            return zip(chunk, results).map { path, result in
                (path, result.mapError { $0.diagnostic(of: "parameter `\(path)`", in: region) })
            }
        } catch {
            guard chunk.count > 1, error.mayBeOfOne else {
                return chunk.map { ($0, .failure(error.diagnostic(of: "parameter `\($0)`", in: region))) }
            }
            return await Parallel.map(chunk) { await fetch([$0], credentials) }.flatMap(\.self)
        }
    }

    /// Parts of at most 10, in none of which a parameter stands twice: one answer cannot hold two of its versions.
    private static func chunks(_ paths: [String]) -> [[String]] {
        var chunks: [[String]] = []
        for path in paths {
            let name = Array(path.utf8.prefix { $0 != UInt8(ascii: ":") })
            let index = chunks.firstIndex { chunk in
                chunk.count < ParameterStoreService.batchLimit
                    && !chunk.contains { $0.utf8.prefix { $0 != UInt8(ascii: ":") }.elementsEqual(name) }
            }
            if let index { chunks[index].append(path) } else { chunks.append([path]) }
        }
        return chunks
    }
}
