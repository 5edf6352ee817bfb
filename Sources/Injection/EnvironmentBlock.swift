internal import Diagnostics
internal import Secrets

/// The command's environment, in locked pages: the strings, and the pointers that exec is given.
///
/// Both are wiped when the block goes, which is as soon as the command has started.
struct EnvironmentBlock: ~Copyable {
    private var strings: SecretBuffer
    private var starts: [Int] = []

    init() throws(RunFailure) {
        do { strings = try SecretBuffer(capacity: 65_536, isInherited: true) } catch { throw RunFailure(.noMemory) }
    }

    /// Adds one `NAME=VALUE` as it is.
    mutating func append(_ pair: [UInt8]) throws(RunFailure) {
        starts.append(strings.count)
        do {
            try strings.append(contentsOf: pair)
            try strings.append(UInt8(0))
        } catch {
            throw RunFailure(.noMemory)
        }
    }

    /// Adds a variable with a plain value.
    mutating func append(_ name: SecretName, text: String) throws(RunFailure) {
        try append(Array("\(name)=\(text)".utf8))
    }

    /// Adds a variable with a secret's value.
    mutating func append(_ name: SecretName, value: SecretBytes) throws(RunFailure) {
        starts.append(strings.count)
        do {
            try strings.append("\(name)=")
            try value.withExposedBytes { bytes throws(SecretMemoryError) in try strings.append(bytes) }
            try strings.append(UInt8(0))
        } catch {
            throw RunFailure(.noMemory)
        }
    }

    /// Lends the NULL-terminated array of pointers that exec takes.
    func withPointers<Result>(
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) throws(RunFailure) -> Result {
        let table: SecretBytes
        do {
            var buffer = try SecretBuffer(
                capacity: (starts.count + 1) * MemoryLayout<UInt>.size, isInherited: true)
            try strings.withExposedBytes { bytes throws(SecretMemoryError) in
                for start in starts { try Self.append(bytes.baseAddress.map { $0 + start }, to: &buffer) }
                try Self.append(nil, to: &buffer)
            }
            table = buffer.finish()
        } catch {
            throw RunFailure(.noMemory)
        }
        let result: Result? = table.withExposedBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let pointers = base.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
            return body(UnsafeMutablePointer(mutating: pointers))
        }
        guard let result else { throw RunFailure(.noMemory) }
        return result
    }

    private static func append(
        _ pointer: UnsafeRawPointer?,
        to buffer: inout SecretBuffer
    ) throws(SecretMemoryError) {
        let address = UInt(bitPattern: pointer)
        for index in 0..<MemoryLayout<UInt>.size {
            try buffer.append(UInt8(truncatingIfNeeded: address.littleEndian >> (8 * UInt(index))))
        }
    }
}
