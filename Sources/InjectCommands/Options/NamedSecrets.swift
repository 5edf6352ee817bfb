internal import Diagnostics

/// The secrets that `--only` names.
enum NamedSecrets {
    /// The names of the option or its variable, or nil for everything that is granted.
    ///
    /// No name at all is a slip, such as a script's variable that is empty, and neither everything nor nothing.
    static func parse(_ only: String?, _ variables: ProcessEnvironment) throws(Diagnostic) -> [String]? {
        guard let text = only ?? variables["INJECT_ONLY"] else { return nil }
        let names = text.split(separator: ",").map(String.init)
        guard !names.isEmpty else { throw none }
        return names
    }

    /// What there is to say where no secret is named.
    static let none = Diagnostic(
        .usage, "`--only` (INJECT_ONLY) names no secret", [.help("write `--only NAME,…`, or leave it out")])
}
