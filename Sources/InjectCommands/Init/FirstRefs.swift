/// The refs of a first grant: those of the workflow, but none that anybody who can push may make up.
enum FirstRefs {
    /// The refs, in the order of the workflow, and what is asked about those that were left out.
    static func narrowed(_ refs: [String], event: String, branch: String) -> (refs: [String], question: String?) {
        let deployed = ["refs/heads/" + branch]
        switch event {
        case "release": return (["refs/tags/v*"], "does the tag of every release begin with `v`?")
        case "workflow_dispatch": return (deployed, "may it be started by hand for other branches, too?")
        case "push" where refs == ["refs/heads/**", "refs/tags/**"]:
            return (deployed, "may pushes to other branches read these, too? Whoever may push could.")
        case "push": return pushed(refs, deployed)
        default: return (deployed, nil)
        }
    }

    private static func pushed(_ refs: [String], _ deployed: [String]) -> (refs: [String], question: String?) {
        let kept = Array(refs.filter(isNarrow).prefix(32))
        let left = refs.filter { !kept.contains($0) }.map { "`\($0)`" }.joined(separator: ", ")
        guard !left.isEmpty else { return (kept, nil) }
        return (
            kept.isEmpty ? deployed : kept, "who may push \(left)? Whoever may would read these, so it is left out."
        )
    }

    /// Whether a ref is one, or a pattern with a beginning that cannot be continued at will.
    private static func isNarrow(_ ref: String) -> Bool {
        let segments = ref.split(separator: "/", omittingEmptySubsequences: false)
        guard ref.utf8.count <= 255, segments.count > 2 else { return false }
        let stars = segments.indices.filter { segments[$0].contains("*") }
        guard let first = stars.first else { return true }
        if ref.hasPrefix("refs/tags/"), stars == [segments.count - 1] {
            return segments[first].first != "*" || first > 2
        }
        return first > 2 && stars.allSatisfy { segments[$0].first == "*" }
    }
}
