package import Secrets

/// A secret as a broker calls it: `ENVIRONMENT/NAME`, because it serves more than one environment.
package struct SecretPath: Hashable, Sendable, CustomStringConvertible {
    /// The environment.
    package let environment: String
    /// The name within it.
    package let name: SecretName

    /// Names a secret; nil where the text before the slash can name no environment.
    package init?(environment: String, name: SecretName) {
        let isPlain = environment.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        guard isPlain, (1...255).contains(environment.utf8.count) else { return nil }
        self.environment = environment
        self.name = name
    }

    /// Reads `ENVIRONMENT/NAME`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = SecretName(String(parts[1])) else { return nil }
        self.init(environment: String(parts[0]), name: name)
    }

    /// `ENVIRONMENT/NAME`.
    package var description: String { "\(environment)/\(name)" }
}
