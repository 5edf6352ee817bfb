import Glibc

/// The variables of a process, of which some are secrets and must not become text.
package struct EnvironmentVariables: Sendable {
    private let lookUpText: @Sendable (String) -> String?
    private let lookUpSecret: @Sendable (String) -> SecretBytes?

    /// Variables that are given; for tests.
    package init(text: [String: String], secrets: [String: SecretBytes] = [:]) {
        lookUpText = { text[$0] }
        lookUpSecret = { secrets[$0] }
    }

    private init() {
        lookUpText = { name in getenv(name).map { String(cString: $0) } }
        lookUpSecret = { name in
            guard let value = getenv(name) else { return nil }
            return try? SecretBytes(copying: UnsafeRawBufferPointer(start: value, count: strlen(value)))
        }
    }

    /// The variables of this process, read when they are asked for.
    package static let process = EnvironmentVariables()

    /// A variable that is no secret; an empty one counts as absent.
    package func text(_ name: String) -> String? {
        guard let value = lookUpText(name), !value.isEmpty else { return nil }
        return value
    }

    /// A variable that is a secret; an empty one counts as absent.
    package func secret(_ name: String) -> SecretBytes? {
        guard let value = lookUpSecret(name), !value.isEmpty else { return nil }
        return value
    }
}
