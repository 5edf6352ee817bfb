internal import Diagnostics
internal import EncryptedFile
internal import Glibc
internal import Secrets

/// Where a person or a job keeps age identities: the places of `sops`.
enum AgeKeys {
    private static let longest = 64 * 1024
    private static let variable = "SOPS_AGE_KEY"

    /// The identities, where one of the references needs any.
    static func ring(for references: [SecretReference]) throws(Diagnostic) -> AgeKeyRing {
        references.contains { $0.encryptedFile != nil } ? try ring(.process) : AgeKeyRing()
    }

    /// The variable that holds identities, where one of the references needs any.
    static func variables(for references: [SecretReference]) -> [String] {
        references.contains { $0.encryptedFile != nil } ? [variable] : []
    }

    /// The identities of `SOPS_AGE_KEY` and of the file of `SOPS_AGE_KEY_FILE`, or else of sops' own file.
    static func ring(_ environment: EnvironmentVariables) throws(Diagnostic) -> AgeKeyRing {
        let given = environment.text("SOPS_AGE_KEY_FILE")
        guard let keys = environment.secret(variable) else { return try fileRing(given, environment) }
        var ring = try AgeKeyRing(keys, from: "`\(variable)`")
        if given != nil { ring.append(try fileRing(given, environment)) }
        return ring
    }

    private static func fileRing(
        _ given: String?,
        _ environment: EnvironmentVariables
    ) throws(Diagnostic) -> AgeKeyRing {
        let folder = environment.text("XDG_CONFIG_HOME") ?? environment.text("HOME").map { $0 + "/.config" }
        guard let path = given ?? folder.map({ $0 + "/sops/age/keys.txt" }) else { return AgeKeyRing() }
        let keys: SecretBytes
        do throws(SecretFileError) { keys = try SecretBytes.contents(ofFile: path, limit: longest) } catch {
            guard given != nil || error.code != ENOENT else { return AgeKeyRing() }
            throw Diagnostic(
                .ageIdentityMalformed, "the age identities in `\(path)` cannot be read: \(error.reason)",
                [.help("name another file in `SOPS_AGE_KEY_FILE`")]
            )
        }
        return try AgeKeyRing(keys, from: "`\(path)`")
    }
}
