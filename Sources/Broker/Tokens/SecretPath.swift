package import Secrets

/// A secret as requests and scopes name it: `ENVIRONMENT/NAME`.
package struct SecretPath: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The environment.
    package let environment: String
    /// The secret.
    package let name: SecretName

    /// Names a secret.
    package init(environment: String, name: SecretName) {
        self.environment = environment
        self.name = name
    }

    /// Reads a name; nil unless it is an environment's name, one slash and a secret's name, all in ASCII.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 255,
            parts[0].utf8.allSatisfy(Self.isNameByte), let name = SecretName(String(parts[1]))
        else { return nil }
        self.init(environment: String(parts[0]), name: name)
    }

    /// The name as it was read.
    package var description: String { "\(environment)/\(name)" }

    /// Orders names by their bytes.
    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        Base62.isDigit(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
    }
}
