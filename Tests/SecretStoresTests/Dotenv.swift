import Diagnostics
import Foundation
import InjectTesting
import SecretStores
import Secrets

/// Reads a text through the real store, in one dialect.
enum Dotenv {
    /// A key's value, or the diagnostic.
    static func value(_ key: String, of text: String, _ dialect: DotenvDialect) async throws -> Result<
        String, Diagnostic
    > {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        try folder.write("f.env", text)
        let store = DotenvStore(
            root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false), dialect: dialect)
        guard let name = SecretName("NAME") else { return .success("") }
        let request = SecretRequest(name: name, reference: .dotenv(file: "f.env", key: key))
        guard let answer = await store.fetch([request])[name] else { return .success("") }
        return answer.map { value in value.withExposedBytes { String(decoding: $0, as: UTF8.self) } }
    }
}
