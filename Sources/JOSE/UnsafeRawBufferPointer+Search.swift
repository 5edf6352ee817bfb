internal import Glibc

extension UnsafeRawBufferPointer {
    /// The place of the first byte of this value at or behind `start`; nil where there is none.
    package func place(of byte: UInt8, from start: Int = 0) -> Int? {
        guard let baseAddress, start < count else { return nil }
        return memchr(baseAddress + start, Int32(byte), count - start).map { UnsafeRawPointer($0) - baseAddress }
    }
}
