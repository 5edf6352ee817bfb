internal import Secrets

/// Collects the texts of patterns in locked memory, with who they belong to.
final class PatternSink {
    /// One pattern.
    struct Pattern {
        let range: Range<Int>
        let secret: Int
        let form: Int
    }

    private var buffer: SecretBuffer
    private(set) var patterns: [Pattern] = []
    private var start = 0
    private var secret = 0
    private var form = 0
    private var minimum = 1
    /// The first failure; the texts are then incomplete and must not be used.
    private(set) var failure: SecretMemoryError?

    init() throws(SecretMemoryError) {
        buffer = try SecretBuffer(capacity: 65_536)
    }

    /// Says whose texts follow, and how short they may be.
    func begin(secret: Int, form: Int, minimum: Int) {
        self.secret = secret
        self.form = form
        self.minimum = minimum
    }

    func append(_ byte: UInt8) {
        do { try buffer.append(byte) } catch { failure = failure ?? error }
    }

    func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { append(byte) }
    }

    /// Ends a text; one that is too short is forgotten.
    func end() {
        let range = start..<buffer.count
        if range.count >= max(minimum, 1) {
            patterns.append(Pattern(range: range, secret: secret, form: form))
            start = buffer.count
        } else {
            buffer.truncate(to: start)
        }
    }

    /// How many bytes all texts have together.
    var count: Int { buffer.count }

    /// Lends the texts.
    func withTexts<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        buffer.withExposedBytes(body)
    }
}
