package import Secrets

/// The task of Nx that a command is part of, which decides in which `.env` files a folder's values are looked for.
///
/// The order is that of Nx 22: from the most specific file of the project's folder to the plainest one of the root. Nx never
/// replaces a variable that it has, so the first file with a key wins.
package struct NXTask: Sendable {
    private let target: String?
    private let configuration: String?

    /// A task by its target and configuration; without them only the files for every task are left.
    package init(target: String? = nil, configuration: String? = nil) {
        self.target = target
        self.configuration = configuration
    }

    /// The task that Nx says it is running.
    package init(_ environment: EnvironmentVariables) {
        self.init(
            target: environment.text("NX_TASK_TARGET_TARGET"),
            configuration: environment.text("NX_TASK_TARGET_CONFIGURATION")
        )
    }

    /// The files for a folder, which ends with a slash, in the order in which they are asked.
    func files(for folder: String) -> [String] {
        let folder = folder.hasPrefix("./") ? String(folder.dropFirst(2)) : folder
        let names = identifiers.flatMap(Self.names)
        return names.map { folder + $0 } + (folder.isEmpty ? [] : names)
    }

    /// Part of a file's name each; one with a slash in it would be part of a path.
    private var identifiers: [String?] {
        let target = target.flatMap { $0.isEmpty ? nil : $0 }
        let configuration = configuration.flatMap { $0.isEmpty ? nil : $0 }
        let both = target.flatMap { target in configuration.map { "\(target).\($0)" } }
        return [both, configuration, target].compactMap(\.self).filter { !$0.utf8.contains(UInt8(ascii: "/")) } + [nil]
    }

    private static func names(_ identifier: String?) -> [String] {
        guard let identifier else { return [".env.local", ".local.env", ".env"] }
        return [".env.\(identifier).local", ".env.\(identifier)", ".\(identifier).local.env", ".\(identifier).env"]
    }
}
