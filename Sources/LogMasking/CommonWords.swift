/// Words that logs are full of; a secret with such a value is none.
enum CommonWords {
    /// Whether the value is one of the words, in any case.
    static func contains(_ value: UnsafeRawBufferPointer) -> Bool {
        words.contains { word in
            word.utf8.count == value.count
                && zip(word.utf8, value).allSatisfy { $0 == ($1 >= 0x41 && $1 <= 0x5A ? $1 | 0x20 : $1) }
        }
    }

    private static let words = [
        "true", "false", "null", "none", "undefined", "enabled", "disabled", "prod", "production", "staging", "stage",
        "test", "testing", "development", "local", "localhost", "debug", "info", "warn", "warning", "error", "main",
        "master", "default", "root", "admin", "user", "postgres", "mysql", "redis", "http", "https", "linux", "0000",
        "1234", "8080", "5432", "3306", "6379",
    ]
}
