import Diagnostics
import Policy
import PolicyImport

/// Any bytes as a policy of another system: refused, or a policy of ours that can be read and demands something of each
/// token that it lets in.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzImport(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = SourceText(name: "foreign", bytes: Array(UnsafeBufferPointer(start: start, count: count)))
    for system in ImportedPolicy.System.allCases {
        for repositoryID in [nil, "456789"] {
            guard let imported = try? ImportedPolicy(source, from: system, repositoryID: repositoryID),
                let text = try? imported.text(repository: "acme/shop")
            else { continue }
            check(text)
        }
    }
    return 0
}

private func check(_ text: String) {
    guard let policy = try? PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8))) else {
        fatalError("what was written cannot be read:\n\(text)")
    }
    let grants = policy.environments.flatMap(\.grants)
    guard grants.count == text.matches(of: /(?m)^      - id: imported-[0-9]+$/).count else {
        fatalError("there are grants that nothing was imported to:\n\(text)")
    }
    for grant in grants where grant.conditions.contains(where: { !text.contains("          \($0.claim): ") }) {
        fatalError("a condition is not the one that was written:\n\(text)")
    }
}
