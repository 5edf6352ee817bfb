import Glibc
import Testing

@testable import Injection

/// What becomes of the pages of an environment; run alone, since any other test could be given the same addresses.
@Suite("The pages of an environment", .serialized)
struct UnmappedBlockTests {
    @Test("what was built is unmapped as soon as the block goes")
    func wiped() throws {
        var addresses: [UInt] = []
        do {
            // Large enough for pages of its own: small values share theirs, which are wiped and stay.
            let variables = inherited((0..<200).map { "A\($0)=1" })
            let value = String(repeating: "kept in locked pages", count: 200)
            let plan = try EnvironmentPlan(variables, [try secret("B", value)], .init())
            let block = try plan.block()
            try block.withPointers { pointers in
                addresses = [UInt(bitPattern: pointers), UInt(bitPattern: pointers[200])]
                #expect(addresses.allSatisfy(Self.isMapped))
            }
        }
        #expect(addresses.count == 2)
        #expect(addresses.allSatisfy { !Self.isMapped($0) })
    }

    /// Whether a page of zeros or anything else lies at an address: msync(2) says ENOMEM where nothing does.
    private static func isMapped(_ address: UInt) -> Bool {
        msync(UnsafeMutableRawPointer(bitPattern: address & ~4095), 1, MS_ASYNC) == 0
    }
}
