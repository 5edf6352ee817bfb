package import Diagnostics
import Glibc
import Secrets
import StrictJSON

extension Diagnostic.ID {
    /// There is no token service because this is no job of GitHub Actions.
    package static let tokenOutsideActions = Diagnostic.ID("token-outside-actions")
    /// There is no token service for pull requests from forks.
    package static let tokenFork = Diagnostic.ID("token-fork")
    /// There is no token service because the job did not ask for it.
    package static let tokenPermission = Diagnostic.ID("token-permission")
}

/// Why the runner gave the job no token service: one of three causes, each with another thing to do.
struct MissingTokenService {
    private let environment: EnvironmentVariables

    init(_ environment: EnvironmentVariables) { self.environment = environment }

    var diagnostic: Diagnostic {
        guard environment.text("GITHUB_ACTIONS") == "true" else { return Self.outside }
        return isFork ? Self.fork : Self.permission
    }

    private static let outside = Diagnostic(
        .tokenOutsideActions,
        "there is no GitHub token outside GitHub Actions",
        [
            .help(
                "to see here what a job would get, say what its token would say:\n"
                    + "inject plan --claim event_name=push --claim ref=refs/heads/main"
            )
        ]
    )

    private static let fork = Diagnostic(
        .tokenFork,
        "GitHub gives no token to a pull request from a fork",
        [
            .note("whoever opens such a pull request could otherwise read every secret the job may"),
            .help("run the job on pushes to this repository, or let it do without secrets for forks"),
        ]
    )

    private static let permission = Diagnostic(
        .tokenPermission,
        "the job may not ask GitHub for a token",
        [.help("add to the job in the workflow file:\npermissions:\n  contents: read\n  id-token: write")]
    )

    /// Whether head and base of the event's pull request are different repositories; a deleted fork has none.
    ///
    /// `pull_request_target` runs for the base, and gets a token whoever opened it.
    private var isFork: Bool {
        guard let event = environment.text("GITHUB_EVENT_NAME"), event.utf8.starts(with: "pull_request".utf8),
            event != "pull_request_target",
            let text = environment.text("GITHUB_EVENT_PATH").flatMap(Self.contents),
            let request = (try? JSONDocument(text, limits: .document))?.root.object?["pull_request"]?.object
        else { return false }
        let base = Self.repository(request["base"], text)
        return base != nil && Self.repository(request["head"], text) != base
    }

    private static func repository(_ end: JSONNode?, _ text: [UInt8]) -> [UInt8]? {
        let name = end?.object?["repo"]?.object?["full_name"]?.string
        return name.map { name in text.withUnsafeBytes { name.bytes(in: $0) } }
    }

    private static func contents(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 64 * 1024)
        while contents.count <= JSONLimits.document.bytes {
            let count = read(descriptor, &room, room.count)
            guard count > 0 else { return count == 0 ? contents : nil }
            contents += room.prefix(count)
        }
        return nil
    }
}
