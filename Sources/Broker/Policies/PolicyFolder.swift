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

    /// Names a folder, and the file of the organisation's deny rules; nothing is read.
    package init(path: String, baseline: String?) {
        self.path = path.utf8.last == UInt8(ascii: "/") ? path : path + "/"
        self.baseline = baseline
    }

    /// Reads all of them, or throws everything that is wrong with any.
    package func load() throws(DiagnosticList) -> PolicySet {
        var wrong: [Diagnostic] = []
        var policies: [LoadedPolicy] = []
        for repository in repositories("", depth: 0, &wrong) {
            do throws(DiagnosticList) { policies.append(try policy(of: repository)) } catch {
                wrong += error.diagnostics
            }
        }
        var denies: PolicyFile?
        do throws(DiagnosticList) {
            denies = try baseline.map { (path) throws(DiagnosticList) in try file(path).0 }
        } catch {
            wrong += error.diagnostics
        }
        if policies.isEmpty, wrong.isEmpty {
            wrong.append(Self.diagnostic("there is no policy in it", path, "put one at OWNER/NAME/inject.yaml"))
        }
        guard wrong.isEmpty else { throw DiagnosticList(wrong) }
        return PolicySet(policies: policies, baseline: denies)
    }

    /// The folders that have a policy, by their names below the root, sorted.
    private func repositories(_ name: String, depth: Int, _ wrong: inout [Diagnostic]) -> [String] {
        if access(path + name + "inject.yaml", F_OK) == 0 { return [String(name.dropLast())] }
        guard depth < Self.depth else { return [] }
        guard let entries = Self.folders(path + name) else {
            wrong.append(Self.diagnostic("it cannot be read", path + name, "check its path and mode"))
            return []
        }
        return entries.flatMap { repositories(name + $0 + "/", depth: depth + 1, &wrong) }
    }

    private static func folders(_ path: String) -> [String]? {
        guard let stream = opendir(path) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var info = stat()
            guard name.utf8.first != UInt8(ascii: "."), lstat("\(path)/\(name)", &info) == 0,
                info.st_mode & S_IFMT == S_IFDIR
            else { continue }
            names.append(name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func policy(of repository: String) throws(DiagnosticList) -> LoadedPolicy {
        let folder = path + repository + "/"
        let (file, digest) = try file(folder + "inject.yaml")
        guard let named = file.repository, named.utf8.elementsEqual(repository.utf8) else {
            let own = file.repository.map { "`\($0)`" } ?? "none"
            throw DiagnosticList([
                Self.diagnostic(
                    "it is in the folder of `\(repository)` and names the repository \(own)", folder + "inject.yaml",
                    "write `repository: \(repository)`, or move it"
                )
            ])
        }
        return LoadedPolicy(file: file, repository: named, digest: digest, folder: folder)
    }

    private func file(_ path: String) throws(DiagnosticList) -> (PolicyFile, digest: String) {
        let bytes: [UInt8]
        do throws(SecretFileError) {
            bytes = try SecretBytes.contents(ofFile: path, limit: Self.longest).withExposedBytes { Array($0) }
        } catch {
            throw DiagnosticList([
                Self.diagnostic("it cannot be read: \(error.reason)", path, "check its path and mode")
            ])
        }
        guard let digest = try? bytes.withUnsafeBytes({ bytes in try TokenDigest(of: bytes) }) else {
            throw DiagnosticList([Self.diagnostic("it cannot be digested", path, "start the broker again")])
        }
        return (try PolicyFile.parse(SourceText(name: path, bytes: bytes)), digest.hexadecimal)
    }

    private static func diagnostic(_ reason: String, _ path: String, _ help: String) -> Diagnostic {
        Diagnostic(.policyFolder, "`\(path)` cannot be used for policies: \(reason)", [.help(help)])
    }
}
