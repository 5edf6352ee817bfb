package import Diagnostics
internal import Glibc
internal import Policy
internal import Secrets

extension Diagnostic.ID {
    /// A folder of policies is not one that can be used.
    package static let policyFolder = Diagnostic.ID("policy-folder")
}

/// A folder of policies, each in a folder named after its repository: `OWNER/NAME/inject.yaml`.
///
/// The name is held against the policy, so that a repository's checkout can only ever speak for that repository, and
/// references start in the policy's own folder, which they cannot leave.
package struct PolicyFolder: Sendable {
    private static let longest = 256 * 1024
    private static let depth = 8

    private let path: String
    private let baseline: String?
    private let scope: StoreScope
    private let requiresIDs: Bool
    private let review = BaselineReview()

    /// Names a folder, the file of what the organisation denies and asserts, and what policies may have from the broker's
    /// stores; nothing is read.
    package init(path: String, baseline: String?, scope: StoreScope = .own, requiresIDs: Bool = false) {
        self.path = path.utf8.last == UInt8(ascii: "/") ? path : path + "/"
        self.baseline = baseline
        self.scope = scope
        self.requiresIDs = requiresIDs
    }

    /// Reads all of them, or throws everything that is wrong with any.
    package func load() throws(DiagnosticList) -> PolicySet {
        var wrong: [Diagnostic] = []
        var policies: [LoadedPolicy] = []
        var rules: Rules?
        do throws(DiagnosticList) {
            rules = try baseline.map { (path) throws(DiagnosticList) in try self.rules(path) }
        } catch {
            wrong += error.diagnostics
        }
        for repository in repositories("", depth: 0, &wrong) {
            do throws(DiagnosticList) { policies.append(try policy(of: repository, rules)) } catch {
                wrong += error.diagnostics
            }
        }
        if policies.isEmpty, wrong.isEmpty {
            wrong.append(Self.diagnostic("there is no policy in it", path, "put one at OWNER/NAME/inject.yaml"))
        }
        guard wrong.isEmpty else { throw DiagnosticList(wrong) }
        return PolicySet(policies: policies, baseline: rules?.file)
    }

    /// What the policies and the baseline look like from outside.
    package func stamps() -> [String: FileStamp] {
        var unreadable: [Diagnostic] = []
        let names =
            repositories("", depth: 0, &unreadable).map { path + $0 + "/inject.yaml" } + (baseline.map { [$0] } ?? [])
        return Dictionary(names.compactMap { name in FileStamp(name).map { (name, $0) } }) { first, _ in first }
    }

    /// The folders that have a policy, by their names below the root, sorted.
    private func repositories(_ name: String, depth: Int, _ wrong: inout [Diagnostic]) -> [String] {
        var info = stat()
        // A link that leads nowhere is a policy, too, which cannot be read; that there is none has to be known.
        if lstat(path + name + "inject.yaml", &info) == 0 { return [String(name.dropLast())] }
        guard errno != ENOENT || depth < Self.depth else { return [] }
        guard errno == ENOENT, let entries = Self.folders(path + name, isRoot: depth == 0) else {
            wrong.append(Self.diagnostic("it cannot be read", path + name, "check its path and mode"))
            return []
        }
        return entries.flatMap { repositories(name + $0 + "/", depth: depth + 1, &wrong) }
    }

    /// An owner's name begins with no dot, but a repository's may: `.github` is one.
    private static func isHidden(_ name: String, isRoot: Bool) -> Bool {
        name == ".git" || name.hasPrefix(isRoot ? "." : "..") || name == "."
    }

    private static func folders(_ path: String, isRoot: Bool) -> [String]? {
        guard let stream = opendir(path) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var info = stat()
            guard !isHidden(name, isRoot: isRoot), lstat("\(path)/\(name)", &info) == 0,
                info.st_mode & S_IFMT == S_IFDIR
            else { continue }
            names.append(name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private struct Rules {
        let file: PolicyFile
        let digest: String
    }

    private func rules(_ path: String) throws(DiagnosticList) -> Rules {
        let (bytes, digest) = try contents(path)
        return Rules(file: try PolicyFile.parse(baseline: SourceText(name: path, bytes: bytes)), digest: digest)
    }

    private func policy(of repository: String, _ rules: Rules?) throws(DiagnosticList) -> LoadedPolicy {
        let folder = path + repository + "/"
        let (bytes, own) = try contents(folder + "inject.yaml")
        let file = try PolicyFile.parse(SourceText(name: folder + "inject.yaml", bytes: bytes))
        guard let named = file.repository, named.utf8.elementsEqual(repository.utf8) else {
            let own = file.repository.map { "`\($0)`" } ?? "none"
            throw DiagnosticList([
                Self.diagnostic(
                    "it is in the folder of `\(repository)` and names the repository \(own)", folder + "inject.yaml",
                    "write `repository: \(repository)`, or move it"
                )
            ])
        }
        // A token that was issued under another baseline must end as well.
        let digest = try rules.map { (rules) throws(DiagnosticList) in
            try self.digest(Array((own + rules.digest).utf8), path)
        }
        let policy = LoadedPolicy(file: file, repository: named, digest: digest ?? own, folder: folder)
        let wrong =
            foreign(policy) + nameless(policy) + (rules.map { review.findings(about: policy, under: $0.file) } ?? [])
        guard wrong.isEmpty else { throw DiagnosticList(wrong) }
        return policy
    }

    /// A name can be given up and registered by somebody else; an id cannot.
    private func nameless(_ policy: LoadedPolicy) -> [Diagnostic] {
        let claims = policy.file.issuer.repositoryClaims
        guard requiresIDs, !policy.file.implied.contains(where: { $0.claim == claims.id }) else { return [] }
        return [
            Diagnostic(
                .policyFolder,
                "the policy of `\(policy.repository)` has no `repository_id`, which this broker requires",
                at: .file(policy.file.source.name),
                [.help("add the number that `gh api repos/OWNER/NAME --jq .id` prints")])
        ]
    }

    /// What the policy would have from a place that is not its repository's.
    private func foreign(_ policy: LoadedPolicy) -> [Diagnostic] {
        let secrets = policy.environments.flatMap(\.secrets)
        return secrets.filter { !scope.allows($0.reference, to: policy.repository) }.map { secret in
            Diagnostic(
                .policyFolder,
                "`\(secret.name)` is in `\(secret.from)`, which is not for policies of `\(policy.repository)`",
                at: .span(secret.span, label: nil),
                [.help("a name begins with \(scope.text(for: policy.repository)); `aws_names` in `stores` says so")])
        }
    }

    private func contents(_ path: String) throws(DiagnosticList) -> ([UInt8], digest: String) {
        let bytes: [UInt8]
        do throws(SecretFileError) {
            bytes = try SecretBytes.contents(ofFile: path, limit: Self.longest).withExposedBytes { Array($0) }
        } catch {
            throw DiagnosticList([
                Self.diagnostic("it cannot be read: \(error.reason)", path, "check its path and mode")
            ])
        }
        return (bytes, try digest(bytes, path))
    }

    private func digest(_ bytes: [UInt8], _ path: String) throws(DiagnosticList) -> String {
        guard let digest = try? bytes.withUnsafeBytes({ bytes in try TokenDigest(of: bytes) }) else {
            throw DiagnosticList([Self.diagnostic("it cannot be digested", path, "start the broker again")])
        }
        return digest.hexadecimal
    }

    private static func diagnostic(_ reason: String, _ path: String, _ help: String) -> Diagnostic {
        Diagnostic(.policyFolder, "`\(path)` cannot be used for policies: \(reason)", [.help(help)])
    }
}
