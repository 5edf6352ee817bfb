/// The forms of sops files that are read and written.
package enum SopsFormat: String, Sendable, CaseIterable {
    /// YAML.
    case yaml
    /// JSON.
    case json
    /// Lines `NAME=value`.
    case dotenv

    /// The form that a file's name says, or nil for none of them.
    package init?(path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            self = .yaml
        } else if name.hasSuffix(".json") {
            self = .json
        } else if name.hasSuffix(".env") || name.hasPrefix(".env") {
            self = .dotenv
        } else {
            return nil
        }
    }

    /// Reads a file's structure.
    func parse(_ bytes: [UInt8]) throws(SopsError) -> SopsNode {
        switch self {
        case .yaml: try SopsYAML.parse(bytes)
        case .json: try SopsJSON.parse(bytes)
        case .dotenv: try SopsDotenv.parse(bytes)
        }
    }
}
