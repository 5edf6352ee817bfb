package import Secrets

/// Something that can unwrap the key of an age file.
package protocol AgeIdentity: Sendable {
    /// The file's key, or nil where none of the stanzas is for this identity.
    func fileKey(in header: AgeHeader) throws(AgeError) -> SecretBytes?
}
