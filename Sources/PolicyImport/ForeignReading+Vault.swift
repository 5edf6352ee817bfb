internal import YAMLSyntax

extension ForeignReading {
    /// Source: hashicorp/vault-plugin-auth-jwt, `path_role.go`: all bound claims must match, each by any of its values.
    mutating func readVault(_ root: YAMLNode) {
        let role = root["data"] ?? root
        if let type = role["role_type"]?.text, type != "jwt" {
            return leaveOut("the role", "it is of type `\(type)`")
        }
        let isGlob: Bool
        switch role["bound_claims_type"]?.text ?? "string" {
        case "glob": isGlob = true
        case "string", "": isGlob = false
        case let other: return leaveOut("the role", "bound claims of type `\(other)`")
        }
        if let claim = Self.cidrs.first(where: { role[$0]?.words.map { $0 != [""] } ?? false }) {
            return leaveOut("the role", "`\(claim)` is about addresses, and a token says none")
        }
        remark("the issuer is that of Vault's configuration: it must be GitHub's")
        remark("policies of Vault have no counterpart: write below which secrets the role reads")
        if role["bound_audiences"] != nil { remark("the audience is set by `exchange`, or by --audience") }
        var claims = role["bound_claims"]?.pairs ?? []
        var subjects = role["bound_subject"]?.text.flatMap { $0.isEmpty ? nil : [ForeignPattern.exact($0)] }
        if let bound = claims.first(where: { $0.key == "sub" }) {
            guard subjects == nil, let words = bound.value.words else {
                return leaveOut("the role", "two conditions on `sub`, or one that is no text")
            }
            subjects = words.map { isGlob ? .wildcard($0) : .exact($0) }
            claims.removeAll { $0.key == "sub" }
        }
        guard subjects != nil || !claims.isEmpty else { return leaveOut("the role", "it is bound to no claim") }
        add("the role", subjects: subjects) { grant throws(Inexpressible) in
            for claim in claims {
                guard let words = claim.value.words, !Self.isNoText(claim.value) else {
                    throw Inexpressible("the value of `\(claim.key)`")
                }
                try grant.require(
                    claim.key,
                    words.map { word throws(Inexpressible) in
                        try (isGlob ? ForeignPattern.wildcard(word) : .exact(word)).pattern()
                    }
                )
            }
        }
    }

    /// A number or a truth value, which no claim of GitHub's is.
    private static func isNoText(_ node: YAMLNode) -> Bool {
        let leaves = node.elements.isEmpty ? [node] : node.elements
        return leaves.contains {
            $0.isPlain && ["true", "false", "null"].contains($0.text) || $0.isPlain && Int($0.text ?? "") != nil
        }
    }

    private static let cidrs = ["token_bound_cidrs", "bound_cidrs"]
}
