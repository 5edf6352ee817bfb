internal import Glibc
internal import SecretStores
internal import Secrets

/// The variables that Compose resolves a project with: those of this process, and behind them those of `.env` files.
///
/// Their values may be secrets, and only those that tell Compose itself something are kept.
///
/// Source: docs.docker.com/compose/how-tos/environment-variables, "Interpolation"; compose-go `cli/options.go`.
struct ComposeVariables {
    /// The files of variables that only Compose can read.
    private(set) var unread: [String] = []
    private let own: ProcessEnvironment
    private let usesDefault: Bool
    private var names: Set<String> = []
    private var settings: [String: String] = [:]

    private static let settingNames: Set<String> = ["COMPOSE_FILE", "COMPOSE_PATH_SEPARATOR"]

    /// Reads the files that are named, of which a later one counts more.
    init(_ own: ProcessEnvironment, files: [String]) {
        self.own = own
        let listed = own["COMPOSE_ENV_FILES"].map { $0.split(separator: ",").map(String.init) } ?? []
        let named = files.isEmpty ? listed : files
        let isOff = (try? own.flag("COMPOSE_DISABLE_ENV_FILE")) ?? false
        usesDefault = named.isEmpty && !isOff
        for path in named { settings.merge(read(path)) { $1 } }
    }

    /// Reads the `.env` of a folder that ends in a slash, where no other files are named; what is known already counts
    /// more.
    mutating func readDefault(in folder: String) {
        guard usesDefault, !unread.contains(folder + ".env") else { return }
        settings.merge(read(folder + ".env")) { known, _ in known }
    }

    /// Whether a variable is set.
    func has(_ name: String) -> Bool { own[name] != nil || names.contains(name) }

    /// A variable that tells Compose itself something.
    func setting(_ name: String) -> String? { own[name] ?? settings[name] }

    /// Notes what a file sets and returns the settings among it; nothing where there is no file, of which Compose says more
    /// if it has to be there.
    private mutating func read(_ path: String) -> [String: String] {
        var found: [String: String] = [:]
        do {
            guard let text = try Self.text(of: path) else { return [:] }
            for (key, value) in try DotenvDialect.compose.assignments(in: text) {
                let name = String(decoding: key, as: UTF8.self)
                names.insert(name)
                guard Self.settingNames.contains(name), let value else { continue }
                found[name] = value.withExposedBytes { String(decoding: $0, as: UTF8.self) }
            }
        } catch {
            unread.append(path)
        }
        return found
    }

    private static func text(of path: String) throws -> SecretBytes? {
        // Non-blocking, so that a FIFO in the wrong place is no hang.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 || errno != ENOENT else { return nil }
        guard descriptor >= 0 else { throw InputFile.Failure.unreadable("") }
        defer { close(descriptor) }
        var buffer = try SecretBuffer(capacity: 4096)
        while buffer.count <= 1 << 20 {
            let count = try buffer.appendUninitialized(capacity: 4096) {
                Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { break }
            if count == 0 { return buffer.finish() }
        }
        throw InputFile.Failure.unreadable("")
    }
}
