import Diagnostics
import Glibc
import Secrets

/// Reads a token from a descriptor, and no more of it than a token can be.
struct TokenInput {
    let descriptor: Int32
    /// What a message calls the input.
    let name: String

    func token() throws(Diagnostic) -> UnverifiedToken {
        // Room for the line break of a file, and for one byte that shows that there is more.
        let limit = UnverifiedToken.maximumCount + 3
        var buffer = try newBuffer(limit)
        while buffer.count < limit {
            let wanted = limit - buffer.count
            var result = 0
            do {
                _ = try buffer.appendUninitialized(capacity: wanted) { room in
                    repeat { result = read(descriptor, room.baseAddress, wanted) } while result < 0 && errno == EINTR
                    return result
                }
            } catch {
                throw noMemory
            }
            guard result >= 0 else { throw unreadable() }
            if result == 0 { break }
        }
        let kept = buffer.withExposedBytes { bytes in
            let body = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            return (body.last == UInt8(ascii: "\r") ? body.dropLast() : body).count
        }
        buffer.truncate(to: kept)
        guard kept > 0 else { throw Diagnostic(.tokenUnreadable, "there is no token in \(name)") }
        return try UnverifiedToken(buffer.finish())
    }

    private func newBuffer(_ capacity: Int) throws(Diagnostic) -> SecretBuffer {
        do {
            return try SecretBuffer(capacity: capacity)
        } catch {
            throw noMemory
        }
    }

    private var noMemory: Diagnostic { Diagnostic(.tokenUnreadable, "there is no memory for the token in \(name)") }

    private func unreadable() -> Diagnostic {
        Diagnostic(.tokenUnreadable, "\(name) cannot be read: \(String(cString: strerror(errno)))")
    }
}
