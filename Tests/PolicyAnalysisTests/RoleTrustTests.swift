import Diagnostics
import Foundation
import InjectTesting
import Policy
import PolicyAnalysis
import Testing

/// Patterns on `sub` against what IAM does with a whole `sub`.
@Suite("Whom a trust policy lets in")
struct RoleTrustTests {
    static let cases = ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil ? 20_000 : 400

    private static let place = SourceSpan(SourceText(name: "role.json", bytes: Array("{}".utf8)), 0..<1)

    /// A condition whose value has IAM's wildcards.
    private static func condition(_ claim: String, _ pattern: String?, isNegated: Bool = false) -> TrustCondition {
        let elements = (pattern ?? "").utf8.map { byte -> Glob.Element in
            switch byte {
            case UInt8(ascii: "*"): .doubleStar
            case UInt8(ascii: "?"): .anyByte
            default: .byte(byte)
            }
        }
        return TrustCondition(
            claim: claim,
            values: pattern.map { [TrustCondition.Value(text: $0, elements: elements, span: place)] } ?? [],
            isNegated: isNegated,
            allowsAbsence: pattern == nil || isNegated,
            span: place
        )
    }

    /// Whether IAM's `StringLike` holds, by its definition.
    private static func like(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == "*" { return like(rest, text) || !text.isEmpty && like(pattern, text.dropFirst()) }
        guard let character = text.first else { return false }
        return (first == "?" || first == character) && like(rest, text.dropFirst())
    }

    /// Every `sub` that GitHub may make of a token.
    private static func subjects(of token: [String: String]) -> [String] {
        let event = token["event_name"] ?? ""
        var contexts = [token["environment"].map { "environment:" + $0 }].compactMap(\.self)
        if contexts.isEmpty, event != "pull_request" { contexts = ["ref:" + (token["ref"] ?? "")] }
        if token["environment"] == nil, event.hasPrefix("pull_request") { contexts.append("pull_request") }
        return contexts.flatMap { ["repo:acme/shop:" + $0, "repo:acme@65/shop@456789:" + $0] }
    }

    /// A pattern that is likely to be near a `sub`: pieces of it are replaced by wildcards or something else.
    private static func pattern(near subject: String, _ random: inout SeededRandom) -> String {
        var bytes = Array(subject.utf8)
        for _ in 0..<random.below(4) where !bytes.isEmpty {
            let start = random.below(bytes.count)
            let end = min(bytes.count, start + random.below(12))
            let pieces = ["*", "*", "*", "?", "", "a", "/", ":"]
            bytes.replaceSubrange(start..<end, with: pieces[random.below(pieces.count)].utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("lets a token in exactly where one of its subjects matches", arguments: 0..<UInt64(8))
    func agrees(part: UInt64) throws {
        var met = 0
        for seed in stride(from: part, to: UInt64(Self.cases), by: 8) {
            var random = SeededRandom(seed: seed)
            let token = NaiveModel.token(&random)
            let subjects = Self.subjects(of: token)
            let pattern = Self.pattern(near: subjects[random.below(subjects.count)], &random)
            let conditions =
                [Self.condition("sub", pattern)]
                + ["repository", "repository_id", "ref", "event_name", "environment"].map {
                    Self.condition($0, token[$0])
                } + [Self.condition("repository_owner_id", "65")]
            let statement = RoleTrust.Statement(isDeny: false, conditions: conditions, asksForMore: false)
            let jobs = try RoleTrust(statements: [statement]).jobs(of: statement)
            let matches = subjects.contains { Self.like(pattern[...], $0[...]) }
            #expect(jobs.isEmpty != matches, "seed \(seed): `\(pattern)` on \(token)")
            #expect(jobs.allSatisfy { Self.like(pattern[...], $0.subject[...]) }, "seed \(seed): `\(pattern)`")
            met += matches ? 1 : 0
        }
        #expect(met > 0)
        print("trust: every 8th seed from \(part) below \(Self.cases), \(met) let in")
    }

    @Test("a pattern of nothing but stars is unknown, and never safe")
    func limit() throws {
        let statement = RoleTrust.Statement(
            isDeny: false,
            conditions: [Self.condition("sub", String(repeating: "*a", count: 200))],
            asksForMore: false
        )
        #expect(throws: AnalysisError.self) { try RoleTrust(statements: [statement]).jobs(of: statement) }
    }

    @Test("a denial of `sub` or of what is not seen takes nothing away for sure")
    func denials() throws {
        let allowed = RoleTrust.Statement(
            isDeny: false, conditions: [Self.condition("repository", "acme/shop")], asksForMore: false)
        let rows = { (denial: TrustCondition, asksForMore: Bool) in
            let deny = RoleTrust.Statement(isDeny: true, conditions: [denial], asksForMore: asksForMore)
            return try RoleTrust(statements: [allowed, deny]).jobs(of: allowed).map(\.row.name)
        }
        let main = Self.condition("ref", "refs/heads/*")
        #expect(try rows(main, true).contains("branch"))
        #expect(try !rows(main, false).contains("branch"))
        #expect(try rows(main, false).contains("tag"))
        #expect(try rows(Self.condition("ref", "*", isNegated: true), false).contains("branch"))
    }
}
