import Diagnostics
import Secrets

/// What the files of AWS's tools say under one name; the credentials file wins over the config file.
struct Profile: Sendable {
    let name: String
    private let parts: [(file: INIFile, section: INIFile.Section)]

    /// `parts` are in the order in which they win.
    init(name: String, parts: [(file: INIFile, section: INIFile.Section)]) {
        self.name = name
        self.parts = parts
    }

    /// Whether a setting is there, even an empty one.
    func has(_ setting: String) -> Bool { entry(setting) != nil }

    /// A setting that is no secret; nil where it is absent or empty.
    func text(_ setting: String) throws(Diagnostic) -> String? {
        guard let (file, entry) = try checked(setting) else { return nil }
        return file.text(of: entry)
    }

    /// A setting that is secret; nil where it is absent or empty.
    func secret(_ setting: String) throws(Diagnostic) -> SecretBytes? {
        guard let (file, entry) = try checked(setting) else { return nil }
        return try file.secret(of: entry)
    }

    /// Where a setting is, for messages.
    func place(of setting: String) -> Diagnostic.Place? {
        if let (file, entry) = entry(setting) { return .line(file: file.name, line: entry.line) }
        return parts.first.map { .line(file: $0.file.name, line: $0.section.line) }
    }

    private func checked(_ setting: String) throws(Diagnostic) -> (INIFile, INIFile.Entry)? {
        guard let (file, entry) = entry(setting), !entry.value.isEmpty || entry.isContinued else { return nil }
        guard !entry.isContinued else {
            throw Diagnostic(
                .awsConfigMalformed, "`\(setting)` has a value of several lines",
                at: .line(file: file.name, line: entry.line),
                [.help("write it on one line; an indented line continues the one above it")]
            )
        }
        return (file, entry)
    }

    private func entry(_ setting: String) -> (INIFile, INIFile.Entry)? {
        for (file, section) in parts {
            guard let entry = section.entries.first(where: { $0.name.utf8.elementsEqual(setting.utf8) }) else {
                continue
            }
            return (file, entry)
        }
        return nil
    }
}
