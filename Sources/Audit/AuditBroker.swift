internal import StrictJSON

/// Who keeps the log.
package struct AuditBroker: Sendable {
    /// The node's name.
    package let id: String
    /// The program's version.
    package let version: String

    /// Names a node.
    package init(id: String, version: String) {
        self.id = id
        self.version = version
    }

    var json: JSONWriter { .object([("id", .string(id)), ("version", .string(version))]) }
}
