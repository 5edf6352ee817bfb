internal import YAMLSyntax

/// An event that starts a workflow, with the refs that its tokens can have.
struct EventTokens: Hashable {
    static let branches = "refs/heads/"
    static let tags = "refs/tags/"

    let event: String
    /// Globs, of which the token's ref matches one.
    let refs: [String]

    /// The events of a workflow's `on`; calls by other workflows are no event.
    static func all(of workflow: Workflow) -> [EventTokens] {
        guard let on = workflow.root["on"] else { return [] }
        let pairs = on.pairs.isEmpty ? on.texts.map { ($0.text, nil) } : on.pairs.map { ($0.key, Optional($0.value)) }
        return pairs.filter { $0.0 != "workflow_call" }.map { EventTokens($0.0, $0.1) }
    }

    private init(_ event: String, _ filters: YAMLNode?) {
        self.event = event
        refs = Self.refs(of: event, filters)
    }

    /// The refs of an event with filters, or without.
    static func refs(of event: String, _ filters: YAMLNode?) -> [String] {
        switch event {
        case "push": pushed(filters)
        case "pull_request": pulled(filters)
        case "pull_request_review", "pull_request_review_comment": ["refs/pull/*/merge", branches + "**"]
        case "merge_group": [branches + "gh-readonly-queue/**"]
        case "release": [tags + "**"]
        case "workflow_dispatch", "create", "registry_package": [branches + "**", tags + "**"]
        // The model of an event's tokens knows more of its ref than the workflow says.
        default: ["**"]
        }
    }

    /// A filter on branches alone keeps tags out, and the other way round.
    private static func pushed(_ filters: YAMLNode?) -> [String] {
        let heads = globs(filters, "branches", below: branches)
        let names = globs(filters, "tags", below: tags)
        guard heads != nil || names != nil else { return [branches + "**", tags + "**"] }
        return (heads ?? []) + (names ?? [])
    }

    /// The filter is on the branch that is merged into, which is the ref once it is merged.
    private static func pulled(_ filters: YAMLNode?) -> [String] {
        let isClosed = filters?["types"]?.texts.contains { $0.text == "closed" } ?? false
        let bases = globs(filters, "branches", below: branches) ?? [branches + "**"]
        return ["refs/pull/*/merge"] + (isClosed ? bases : [])
    }

    private static func globs(_ filters: YAMLNode?, _ key: String, below prefix: String) -> [String]? {
        guard let texts = filters?[key]?.texts.map(\.text) else {
            return filters?[key + "-ignore"].map { _ in [prefix + "**"] }
        }
        var globs: [String] = []
        for text in texts where !text.hasPrefix("!") {
            let glob = FilterPattern.glob(text, below: prefix)
            if !globs.contains(glob) { globs.append(glob) }
        }
        return globs
    }
}
