import Diagnostics
import Policy

/// Any bytes as a policy: read or refused, decided and rendered, without a trap and with a place inside the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPolicy(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        decideEverything(try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: bytes)))
    } catch {
        for found in error.diagnostics where found.text.isEmpty || found.githubAnnotation.isEmpty { return -1 }
    }
    return 0
}

/// A token that quotes the policy's own patterns as its claims, so that some of them match.
private func decideEverything(_ file: PolicyFile) {
    let conditions = file.implied + file.environments.flatMap { $0.grants.flatMap(\.conditions) }
    let claims = conditions.compactMap { condition in
        condition.patterns.first.map { (name: Array(condition.claim.utf8), value: Array($0.glob.text.utf8)) }
    }
    let index = PolicyIndex(file)
    for environment in file.environments {
        for now in [Int64.min, 0, Int64.max] {
            let token = ClaimSet(assumed: claims)
            for decision in file.decisions(in: environment, claims: token, at: now) {
                let isAllowed = index.allows(
                    environment: decision.environment, secret: decision.secret, claims: token, at: now)
                precondition(isAllowed == decision.isAllowed)
                // What is allowed has a grant that matches and no rule that denies.
                precondition(!isAllowed || decision.grants.contains { $0.matches } && decision.denies.isEmpty)
            }
        }
    }
}
