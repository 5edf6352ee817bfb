extension StoreOptions: DirectOptions {
    static func withDefaults() -> StoreOptions {
        var options = StoreOptions()
        options.dotenvDialect = nil
        return options
    }

    mutating func take(option name: String, _ value: String) -> Bool { false }
}
