/// The version that `--version`, the user agent and records name.
enum BrokerVersion {
    static let text = "0.1.0"
}
