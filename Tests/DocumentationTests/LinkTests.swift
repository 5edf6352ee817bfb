import Foundation
import InjectTesting
import Testing

@Suite("The links in the guide")
struct LinkTests {
    @Test("lead to pages and files that are there", arguments: DocumentationPage.all)
    func links(page: DocumentationPage) {
        let names = Set(DocumentationPage.all.map(\.name))
        for match in page.text.matches(of: /<doc:([A-Za-z]+)>/) {
            #expect(names.contains(String(match.1)), "\(page.path): \(match.1)")
        }
        let folder = PackageFolder.root.appendingPathComponent(page.path).deletingLastPathComponent()
        for match in page.text.matches(of: /\]\(([^)#:]+)\)/) {
            let target = folder.appendingPathComponent(String(match.1)).path
            #expect(FileManager.default.fileExists(atPath: target), "\(page.path): \(match.1)")
        }
    }

    @Test("the first page has every other one once")
    func topics() throws {
        let pages = DocumentationPage.all.filter { $0.path.hasPrefix(DocumentationPage.catalogue) }
        let root = try #require(pages.first { $0.name == "InjectCommands" })
        let linked = root.text.matches(of: /- <doc:([A-Za-z]+)>/).map { String($0.1) }
        #expect(linked.sorted() == pages.map(\.name).filter { $0 != root.name }.sorted())
    }

    @Test("every page begins with its title and one line of what it is about", arguments: DocumentationPage.all)
    func heads(page: DocumentationPage) {
        let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first?.hasPrefix("# ") == true && lines.dropFirst().first == "", "\(page.path)")
        #expect(lines.dropFirst(2).first?.isEmpty == false, "\(page.path)")
    }
}
