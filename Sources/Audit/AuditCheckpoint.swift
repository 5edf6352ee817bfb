internal import Secrets
internal import StrictJSON

/// A signature over a log up to a record: whoever has the public key knows that these records were all there.
struct AuditCheckpoint {
    let keyID: String
    let signature: [UInt8]

    var json: JSONWriter {
        .object([("key", .string(keyID)), ("ed25519", .string(Base16.text(signature)))])
    }

    /// What is signed: the number and hash of the last record before the checkpoint, which stand for all before them.
    static func message(sequence: Int64, hash: String) -> [UInt8] {
        Array("inject-audit-checkpoint-v1\n\(sequence)\n\(hash)\n".utf8)
    }
}
