internal import AWSClient
internal import Diagnostics
internal import EncryptedFile
internal import SecretStores
internal import Secrets

/// What went wrong with each secret, where a cause that many share is told once.
struct FetchFailures {
    private struct Failure {
        var diagnostic: Diagnostic
        var names: [SecretName]
    }

    /// Causes that lie with a service or a file, and not with one of its secrets.
    private static let shared: Set<Diagnostic.ID> = [
        .awsCredentialsUnusable, .awsUnreachable, .encryptedFileLocked, .encryptedFileRefused,
    ]
    private static let mostNames = 10

    private var failures: [Failure] = []

    mutating func append(_ diagnostic: Diagnostic, of name: SecretName) {
        let known = failures.firstIndex {
            Self.shared.contains(diagnostic.id) && $0.diagnostic.id == diagnostic.id
                && $0.diagnostic.remarks == diagnostic.remarks
        }
        guard let known else {
            failures.append(Failure(diagnostic: diagnostic, names: [name]))
            return
        }
        failures[known].names.append(name)
    }

    /// In the order in which they came.
    var diagnostics: [Diagnostic] { failures.map(Self.told) }

    private static func told(_ failure: Failure) -> Diagnostic {
        let others = failure.names.dropFirst()
        guard !others.isEmpty else { return failure.diagnostic }
        let list = others.prefix(mostNames).map { "`\($0)`" }.joined(separator: ", ")
        let rest = others.count > mostNames ? " and \(others.count - mostNames) more" : ""
        var diagnostic = failure.diagnostic
        let place = diagnostic.remarks.lastIndex { if case .help = $0 { false } else { true } }
        diagnostic.remarks.insert(.note("the same goes for \(list)\(rest)"), at: place.map { $0 + 1 } ?? 0)
        return diagnostic
    }
}
