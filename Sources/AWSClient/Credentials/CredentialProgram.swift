import Synchronization

/// The program that is asked for credentials, while it runs.
package enum CredentialProgram {
    private static let names = Mutex<[String]>([])

    /// What it is and who wants it, for whoever waits for it in vain; nil while there is none.
    package static var running: String? { names.withLock(\.last) }

    static func begin(_ name: String) { names.withLock { $0.append(name) } }

    static func end(_ name: String) {
        names.withLock { names in
            if let index = names.firstIndex(of: name) { names.remove(at: index) }
        }
    }
}
