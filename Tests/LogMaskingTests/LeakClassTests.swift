import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Classes of leaks")
struct LeakClassTests {
    @Test("what real programs make of a value is caught or is known not to be", arguments: LeakClass.all)
    func caught(leak: LeakClass) throws {
        let shown = try leak.text ?? Self.bash(leak)
        #expect(shown.utf8.count >= 8)
        let masked = try Masking([leak.value], shown).text
        #expect((masked != shown) == leak.isCaught, "\(shown)")
        guard leak.isCaught else { return }
        let rest = masked.replacing("***", with: "").filter { !$0.isWhitespace }
        #expect(rest.utf8.count <= leak.rest, "\(shown): \(masked)")
    }

    @Test("at least 48 of 54 classes are caught")
    func count() {
        #expect(LeakClass.all.count == 54)
        #expect(Set(LeakClass.all.map(\.name)).count == 54)
        #expect(LeakClass.all.count(where: \.isCaught) == 49)
    }

    private static func bash(_ leak: LeakClass) throws -> String {
        let python = try Python.program("python").deletingLastPathComponent().path
        let bash = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/bash"), in: PackageFolder.root,
            environment: ["LC_ALL": "C.UTF-8", "PATH": "\(python):/usr/bin:/bin"]
        )
        let result = try bash.run(["-c", leak.script ?? "", "bash", leak.value])
        #expect(result.status == 0, "\(result.error)")
        return result.output
    }
}
