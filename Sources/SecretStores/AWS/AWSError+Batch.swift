import AWSClient

extension AWSError {
    /// Whether a batch may be refused for one secret in it alone: then the others are there, and are asked for alone.
    var mayBeOfOne: Bool {
        guard case .refused = kind else { return false }
        return credentialsFault == nil && !isPassing
    }
}
