/// How a secret reaches the command: as an environment variable, as a private file, or both.
package struct SecretDelivery: Hashable, Sendable {
    /// The variable that holds the value, or nil for the file alone.
    package let variable: SecretName?
    /// The file that holds the value, or nil for the variable alone.
    package let file: SecretFile?

    /// Makes a delivery; one with neither a variable nor a file delivers nothing.
    package init(variable: SecretName?, file: SecretFile?) {
        self.variable = variable
        self.file = file
    }
}

/// A private file for one secret, below the run's own folder.
package struct SecretFile: Hashable, Sendable {
    /// The path below `INJECT_DIR`: relative, without `.` or `..`.
    package let path: String
    /// The mode, without bits for group and others.
    package let mode: UInt16
    /// The variable that holds the file's absolute path, such as `TLS_KEY_FILE`.
    package let pathVariable: SecretName

    /// Makes a description; nothing is checked or written.
    package init(path: String, mode: UInt16, pathVariable: SecretName) {
        self.path = path
        self.mode = mode
        self.pathVariable = pathVariable
    }

    /// Whether a path stays below the folder it is put in: relative, without `.` and `..`, and of a length systems take.
    package static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 }
        return isPlain && path.utf8.count <= 1024 && !path.utf8.contains(0)
    }
}
