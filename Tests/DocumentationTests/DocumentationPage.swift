import Foundation
import InjectTesting
import Testing

/// A page of the guide, or the README, with its fenced blocks.
struct DocumentationPage: CustomTestStringConvertible, Sendable {
    /// A fenced block.
    struct Block: Sendable {
        /// What stands behind the fence, such as `sh`; empty for what is only shown.
        let kind: String
        let text: String
        let line: Int
        /// Why it is not run, from a comment above it.
        let reason: String?
        /// Whether it is run beside a broker, with the broker's tests, by such a comment.
        let needsBroker: Bool
        /// Whether it needs an account of AWS, whose place moto takes, by such a comment.
        let needsAWS: Bool
        /// Whether it is typed in a checkout of inject, by such a comment.
        let needsCheckout: Bool
        /// What a reader has before, such as a project of his own, from a comment above it: a script for the shell.
        let preparation: String
    }

    static let catalogue = "Sources/InjectCommands/Documentation.docc"

    let path: String
    let text: String
    let blocks: [Block]

    var testDescription: String { name }
    /// The name by which other pages link it.
    var name: String { String(path.split(separator: "/").last?.dropLast(3) ?? "") }

    init(_ path: String) throws {
        self.path = path
        text = try PackageFolder.text(of: path)
        blocks = Self.blocks(in: text)
    }

    /// All pages, the README first.
    static let all: [DocumentationPage] = {
        let folder = PackageFolder.root.appendingPathComponent(catalogue).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let pages = names.filter { $0.hasSuffix(".md") }.sorted().map { catalogue + "/" + $0 }
        return (["README.md"] + pages).compactMap { try? DocumentationPage($0) }
    }()

    private static func blocks(in text: String) -> [Block] {
        var blocks: [Block] = []
        var reason: String?
        var (needsAWS, needsBroker, needsCheckout) = (false, false, false)
        var preparation: (text: String, isOpen: Bool) = ("", false)
        var open: (kind: String, line: Int, lines: [Substring])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let block = open {
                if line == "```" {
                    let text = block.lines.joined(separator: "\n") + "\n"
                    blocks.append(
                        Block(
                            kind: block.kind, text: text, line: block.line, reason: reason, needsBroker: needsBroker,
                            needsAWS: needsAWS, needsCheckout: needsCheckout, preparation: preparation.text))
                    (open, reason, preparation.text) = (nil, nil, "")
                    (needsAWS, needsBroker, needsCheckout) = (false, false, false)
                } else {
                    open?.lines.append(line)
                }
            } else if preparation.isOpen {
                preparation.isOpen = line != "-->"
                if preparation.isOpen { preparation.text += line + "\n" }
            } else if line == "<!-- prepared by" {
                preparation.isOpen = true
            } else if line.hasPrefix("```") {
                open = (String(line.dropFirst(3)), index + 1, [])
            } else if let match = line.wholeMatch(of: /<!-- not run: (.+) -->/) {
                reason = String(match.1)
            } else if line.hasPrefix("<!-- run on moto") {
                needsAWS = true
            } else if line == "<!-- run in a checkout -->" {
                needsCheckout = true
            } else if line == "<!-- run beside a broker -->" {
                needsBroker = true
            }
        }
        return blocks
    }
}
