import Diagnostics
import Foundation
import InjectTesting
import SecretStores
import Secrets

/// Reads texts through the real store or straight through a dialect.
enum Dotenv {
    /// A key's value, or the diagnostic.
    static func value(_ key: String, of text: String, _ dialect: DotenvDialect) async throws -> Result<
        String, Diagnostic
    > {
        try await value(key, of: Array(text.utf8), dialect)
    }

    /// The same for a file of any bytes.
    static func value(_ key: String, of text: [UInt8], _ dialect: DotenvDialect) async throws -> Result<
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

    /// All that a text sets, by the bytes of the keys; nil where the dialect refuses it.
    static func values(of text: String, _ dialect: DotenvDialect) throws -> [[UInt8]: [UInt8]]? {
        guard let all = try? dialect.assignments(in: SecretBytes.of(text)) else { return nil }
        var values: [[UInt8]: [UInt8]] = [:]
        for (key, value) in all { values[key] = value?.withExposedBytes { Array($0) } }
        return values
    }

    /// The same by the bytes of what another library answered.
    static func bytes(of values: [String: String]) -> [[UInt8]: [UInt8]] {
        Dictionary(uniqueKeysWithValues: values.map { (Array($0.key.utf8), Array($0.value.utf8)) })
    }

    /// A random file of everything that libraries disagree on.
    static func text(_ random: inout SeededRandom) -> String {
        let pieces = [
            "a", "b c", " ", "#", " #", "\t#", "'", "\"", "`", "\\", "\\n", "\\t", "\\'", "\\\"", "\\\\", "$", "$$",
            "$A",
            "${A}", "${A:-d}", "${N:-d}", "${N-d}", "${A:x}", "${", "}", "=", ":", "é", "\t", "\n", "\r", "\r\n",
            "\u{A0}",
            "\u{85}", "\u{3000}", "\u{2028}", "\u{FEFF}", "\u{B}", "\u{1C}", "\u{7F}",
        ]
        let pick = { (choices: [String], random: inout SeededRandom) in choices[random.below(choices.count)] }
        var lines = ["A=first"]
        for _ in 0...random.below(2) {
            let start = pick(["", "", "", "export ", " ", "\t", "export\t", "# "], &random)
            let key = pick(["K", "K", "K", "K1", "K.x", "é", "'Q'", "export", "A"], &random)
            let separator = pick(["=", "=", "=", "=", "= ", " =", ": ", ":", ""], &random)
            let quote = pick(["", "'", "\""], &random)
            let body = (0..<random.below(6)).map { _ in pick(pieces, &random) }.joined()
            lines.append(
                start + key + separator + quote + body + quote + pick(["", "", " ", " # c", "\t# c", "#c"], &random))
        }
        return (lines + ["B=last"]).joined(separator: pick(["\n", "\n", "\r\n"], &random)) + "\n"
    }
}
