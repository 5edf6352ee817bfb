import Diagnostics
import Glibc
import Secrets

/// The profiles of AWS's two shared files
/// (docs.aws.amazon.com/sdkref/latest/guide/file-format.html).
struct SharedProfiles: Sendable {
    private static let longest = 1 << 20

    private let config: INIFile?
    private let credentials: INIFile?

    /// Reads the files that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name, or those below `~/.aws`.
    init(_ environment: EnvironmentVariables) throws(Diagnostic) {
        let home = environment.text("HOME")
        config = try Self.file("AWS_CONFIG_FILE", "config", environment, home)
        credentials = try Self.file("AWS_SHARED_CREDENTIALS_FILE", "credentials", environment, home)
    }

    /// A profile, or nil where neither file has it.
    func profile(_ name: String) -> Profile? {
        let parts = [part(credentials, header: [name]), part(config, header: Self.configHeaders(name))]
        let present = parts.compactMap(\.self)
        return present.isEmpty ? nil : Profile(name: name, parts: present)
    }

    /// What the credentials file alone says of a profile.
    func credentialsFile(_ name: String) -> Profile? {
        part(credentials, header: [name]).map { Profile(name: name, parts: [$0]) }
    }

    /// What the config file alone says of a profile.
    func configFile(_ name: String) -> Profile? {
        part(config, header: Self.configHeaders(name)).map { Profile(name: name, parts: [$0]) }
    }

    private func part(_ file: INIFile?, header: [String]) -> (file: INIFile, section: INIFile.Section)? {
        guard let file else { return nil }
        // One profile may have several spellings; the last of them is the profile.
        let section = file.sections.last { section in
            header.contains { $0.utf8.elementsEqual(Self.normalized(section.header).utf8) }
        }
        return section.map { (file, $0) }
    }

    /// In the config file every profile but the default one has a word in front of it.
    private static func configHeaders(_ name: String) -> [String] {
        name == "default" ? ["default", "profile default"] : ["profile \(name)"]
    }

    /// Quotes around a profile's name, and more than one space before it, mean nothing.
    private static func normalized(_ header: String) -> String {
        let words = header.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard words.first == "profile", words.count > 1 else { return header }
        let name = words.dropFirst().joined(separator: " ")
        for quote in ["\"", "'"] where name.count > 1 && name.hasPrefix(quote) && name.hasSuffix(quote) {
            return "profile \(name.dropFirst().dropLast())"
        }
        return "profile \(name)"
    }

    private static func file(
        _ variable: String,
        _ name: String,
        _ environment: EnvironmentVariables,
        _ home: String?
    ) throws(Diagnostic) -> INIFile? {
        let given = environment.text(variable).map { path in
            path.hasPrefix("~/") && home != nil ? "\(home ?? "")\(path.dropFirst())" : path
        }
        guard let path = given ?? home.map({ "\($0)/.aws/\(name)" }) else { return nil }
        let text: SecretBytes
        do throws(SecretFileError) { text = try SecretBytes.contents(ofFile: path, limit: longest) } catch {
            guard error.code != ENOENT, error.code != ENOTDIR else { return nil }
            throw Diagnostic(
                .awsConfigMalformed, "`\(path)` cannot be read: \(error.reason)",
                [.help("make it readable, or name another file in `\(variable)`")]
            )
        }
        return try INIFile(text, name: path)
    }
}
