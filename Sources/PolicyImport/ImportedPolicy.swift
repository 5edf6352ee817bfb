package import Diagnostics
internal import YAMLSyntax

/// Another system's policy as ours says it: it lets in no token that the other one does not let in.
package struct ImportedPolicy: Sendable {
    /// The systems whose policies can be read.
    package enum System: String, CaseIterable, Sendable {
        /// A trust policy of octo-sts, `.github/chainguard/NAME.sts.yaml`.
        case octoSTS = "octo-sts"
        /// A role of Vault's method for JWTs, as `vault read -format=json` prints it or as it is written.
        case vault
        /// The trust policy of a role of AWS.
        case aws
    }

    private let file: String
    private let system: System
    private let grants: [ImportedGrant]
    private let leftOut: [String]
    private let remarks: [String]

    /// Reads a file; what ours cannot say is left out and told.
    package init(_ source: SourceText, from system: System, repositoryID: String?) throws(Diagnostic) {
        // The strict reader takes JSON as well and refuses keys that stand twice, of which readers take one or the
        // other. A tab is no part of a JSON text's strings.
        let bytes = source.bytes.map { $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0 }
        let root = try YAMLReader.read(SourceText(name: source.name, bytes: bytes))
        var reading = ForeignReading(repositoryID: repositoryID)
        switch system {
        case .octoSTS: reading.readOctoSTS(root)
        case .vault: reading.readVault(root)
        case .aws: reading.readAWS(root)
        }
        file = source.name
        self.system = system
        (grants, leftOut, remarks) = (reading.grants, reading.leftOut, reading.remarks)
    }

    /// Whether something was left out.
    package var isPartial: Bool { !leftOut.isEmpty }

    /// An `inject.yaml`; `repository` is the one that grants without a repository are for.
    package func text(repository: String?) throws(Diagnostic) -> String {
        let named = grants.flatMap(\.conditions).first { $0.claim == "repository" && !$0.patterns[0].contains("*") }
        guard let own = repository ?? named?.patterns[0] else {
            throw Diagnostic(
                .importRepository, "`\(file)` names no repository, and a policy needs one",
                [.help("name it: `--repository OWNER/NAME`")]
            )
        }
        return PolicyWriter(repository: own, grants: grants, comments: comments).text
    }

    private var comments: [String] {
        let start = "from \(file), of \(system.rawValue): it lets in no token that is not let in there"
        return [start] + remarks + leftOut.map { "LEFT OUT: \($0)" }
    }
}

extension Diagnostic.ID {
    /// An imported policy is for no repository that is known.
    package static let importRepository = Diagnostic.ID("import-repository")
}
