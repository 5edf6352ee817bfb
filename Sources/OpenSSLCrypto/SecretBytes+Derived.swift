internal import Secrets

extension SecretBytes {
    /// Memory of `count` bytes that `body` fills; nil where it says that it could not, or filled less.
    static func derived(
        count: Int,
        _ body: (UnsafeMutablePointer<UInt8>?, inout Int) -> Bool
    ) throws(CryptoError) -> SecretBytes? {
        do throws(SecretMemoryError) {
            var buffer = try SecretBuffer(capacity: count)
            let written = try buffer.appendUninitialized(capacity: count) { room in
                var filled = count
                return body(room.baseAddress?.assumingMemoryBound(to: UInt8.self), &filled) ? filled : -1
            }
            return written == count ? buffer.finish() : nil
        } catch {
            throw CryptoError(.noSecretMemory)
        }
    }
}
