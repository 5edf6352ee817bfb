import Foundation
import InjectTesting
import Testing

@testable import InjectCommands

@Suite("Files that are read whole")
struct InputFileTests {
    @Test("a pipe whose writer comes late is waited for")
    func lateWriter() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (source, target) = (ends[0], ends[1])
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
        Thread.detachNewThread {
            // Not before the reader sleeps: it has found nothing then.
            while (try? String(contentsOfFile: "/proc/\(own)/stat", encoding: .utf8))?.contains(") S ") != true {
                sched_yield()
            }
            #expect(write(target, "late", 4) == 4)
            close(target)
        }
        #expect(try InputFile.bytes(of: "/dev/fd/\(source)", limit: 4) == Array("late".utf8))
        close(source)
    }

    @Test("a FIFO to which nobody writes is empty, and no wait")
    func nobodyWrites() throws {
        let folder = try TemporaryFolder()
        try #require(mkfifo(folder.path("fifo"), 0o600) == 0)
        #expect(try InputFile.bytes(of: folder.path("fifo"), limit: 4) == [])
    }
}
