import InjectTesting

/// The model of GitHub's tokens, written down a second time: as a check of one token, and as a source of tokens.
enum NaiveModel {
    static let onBranch = [
        "push", "workflow_dispatch", "create", "registry_package", "deployment", "deployment_status",
    ]
    static let onDefault = ["schedule", "workflow_run", "issue_comment", "issues", "repository_dispatch"]
    static let onTag = onBranch + ["release"]
    static let onPull = ["pull_request", "pull_request_review", "pull_request_review_comment"]

    /// Whether a token can be GitHub's; of claims that no shape restricts, nothing is asked.
    static func accepts(_ token: [String: String]) -> Bool {
        guard let event = token["event_name"], let ref = token["ref"], let repository = token["repository"],
            let workflow = token["workflow_ref"], token["environment"] != "",
            repository.wholeMatch(of: /[A-Za-z0-9_-]+\/[A-Za-z0-9_.-]+/) != nil,
            token["repository_owner"].map({ repository.hasPrefix($0 + "/") }) ?? true,
            workflow.hasPrefix(repository + "/"),
            isPath(String(workflow.dropFirst(repository.count)), isKnown: isKnown(event))
        else { return false }
        let own = workflow.hasSuffix("@" + ref)
        let isBranch = own && isName(ref, "refs/heads/") && token["ref_type"] == "branch"
        let isPull = ref.wholeMatch(of: /refs\/pull\/[1-9][0-9]*\/merge/) != nil
        let isPullEvent = onPull.contains(event)
        if token["head_ref"] != "" && !isPullEvent && event != "pull_request_target" && isKnown(event) { return false }
        return (onBranch + onDefault).contains(event) && isBranch
            || onTag.contains(event) && own && isName(ref, "refs/tags/") && token["ref_type"] == "tag"
            || isPullEvent && own && isPull
            || isPullEvent && isName(ref, "refs/heads/")
                && (own || workflow.firstMatch(of: /@refs\/pull\/[1-9][0-9]*\/merge$/) != nil)
            || event == "pull_request_target" && isBranch
            || event == "merge_group" && isBranch && ref.hasPrefix("refs/heads/gh-readonly-queue/")
            || event.hasPrefix("deployment") && ref.isEmpty && token["ref_type"] == "branch"
            || !isKnown(event) && own
    }

    /// A token of GitHub's, with values that patterns are likely to meet.
    static func token(_ random: inout SeededRandom) -> [String: String] {
        func pick(_ texts: [String]) -> String { texts[random.below(texts.count)] }
        let name = pick(["main", "dev", "release/1", "release/1/a"])
        var token = ["repository": "acme/shop", "repository_owner": "acme", "repository_id": "456789", "head_ref": ""]
        token["ref_type"] = "branch"
        switch random.below(6) {
        case 0: (token["event_name"], token["ref"]) = (pick(onBranch), "refs/heads/" + name)
        case 1: (token["event_name"], token["ref"]) = (pick(onDefault), "refs/heads/" + name)
        case 2:
            (token["event_name"], token["ref"], token["ref_type"]) = (pick(onTag), "refs/tags/" + name, "tag")
        case 3: (token["event_name"], token["ref"], token["head_ref"]) = (pick(onPull), "refs/pull/7/merge", name)
        case 4: (token["event_name"], token["ref"], token["head_ref"]) = (pick(onPull), "refs/heads/" + name, name)
        default:
            (token["event_name"], token["ref"], token["head_ref"]) = ("pull_request_target", "refs/heads/main", name)
        }
        let file = pick(["ci", "deploy", "a b", "a@b"])
        token["workflow_ref"] = "acme/shop/.github/workflows/\(file).yml@\(token["ref"] ?? "")"
        if random.below(2) == 0 { token["environment"] = pick(["prod", "dev", "prod eu"]) }
        return token
    }

    /// Events that no list has may be of a workflow of GitHub's own.
    private static func isPath(_ path: String, isKnown: Bool) -> Bool {
        path.wholeMatch(of: /\/\.github\/workflows\/[^\/]+\.ya?ml@.+/) != nil
            || !isKnown && path.wholeMatch(of: /\/dynamic\/.+@.+/) != nil
    }

    private static func isKnown(_ event: String) -> Bool {
        (onTag + onDefault + onPull + ["pull_request_target", "merge_group", "delete", "status"]).contains(event)
    }

    private static func isName(_ ref: String, _ prefix: String) -> Bool {
        guard ref.hasPrefix(prefix) else { return false }
        return ref.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".") && !$0.contains("..")
        }
    }
}
