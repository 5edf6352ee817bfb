/// Where relative paths of the policy start, and whether absolute ones may leave it.
package struct StoreRoot: Sendable {
    /// The folder of the policy, with a trailing slash, or empty for the current one.
    package let folder: String
    /// Whether a path that is absolute may be opened: only in an environment marked local.
    package let allowsAbsolutePaths: Bool

    /// Describes a root; nothing is opened.
    package init(folder: String, allowsAbsolutePaths: Bool) {
        self.folder = folder
        self.allowsAbsolutePaths = allowsAbsolutePaths
    }
}
