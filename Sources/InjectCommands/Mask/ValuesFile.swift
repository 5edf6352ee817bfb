internal import Diagnostics
internal import Glibc
internal import LogMasking
internal import Secrets
internal import StrictJSON

/// Reads a JSON object of name to value, from the file into locked memory and from there into each secret.
enum ValuesFile {
    private static let limit = 16 << 20

    static func read(_ path: String) throws(Diagnostic) -> [MaskedValue] {
        let text = try bytes(of: path)
        return try text.withExposedBytes { bytes throws(Diagnostic) in
            guard let document = try? JSONDocument(indexing: bytes, limits: .document),
                let object = document.root.object
            else { throw refusal(path, "is not a JSON object without duplicates") }
            var values: [MaskedValue] = []
            for member in object.members {
                let name = String(decoding: member.name, as: UTF8.self)
                guard let string = member.value.string else {
                    throw refusal(path, "has \(member.value.kind) as `\(name)`, not a string")
                }
                values.append(MaskedValue(name: name, value: try value(string, bytes)))
            }
            return values
        }
    }

    private static func value(
        _ string: JSONString,
        _ bytes: UnsafeRawBufferPointer
    ) throws(Diagnostic) -> SecretBytes {
        do {
            var buffer = try SecretBuffer(capacity: max(string.decodedCount, 1))
            _ = try buffer.appendUninitialized(capacity: string.decodedCount) { string.decode(from: bytes, into: $0) }
            return buffer.finish()
        } catch {
            throw Diagnostic(.maskFailed, "there is no memory for the values")
        }
    }

    private static func bytes(of path: String) throws(Diagnostic) -> SecretBytes {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal(path, "cannot be read: \(reason)") }
        defer { close(descriptor) }
        do {
            var buffer = try SecretBuffer(capacity: 65_536)
            while buffer.count <= limit {
                let count = try buffer.appendUninitialized(capacity: 65_536) {
                    Glibc.read(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { throw refusal(path, "cannot be read: \(reason)") }
                if count == 0 { return buffer.finish() }
            }
        } catch let refusal as Diagnostic {
            throw refusal
        } catch {
            throw Diagnostic(.maskFailed, "there is no memory for the values")
        }
        throw refusal(path, "is longer than 16 MiB")
    }

    private static var reason: String { String(cString: strerror(errno)).lowercased() }

    private static func refusal(_ path: String, _ what: String) -> Diagnostic {
        Diagnostic(
            .valuesUnreadable,
            "the values file `\(path)` \(what)",
            [.help("write {\"NAME\": \"value\"}")]
        )
    }
}
