/// Reads durations such as `15m`.
enum Duration {
    /// The number of seconds, or nil unless the text is digits and one of the units.
    static func seconds(_ text: String, units: [Character: Int]) -> Int? {
        guard let unit = text.last.flatMap({ units[$0] }) else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.count <= 9, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(digits).map { $0 * unit }
    }
}
