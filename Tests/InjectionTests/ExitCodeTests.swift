import Foundation
import InjectTesting
import Testing

@Suite("exit codes")
struct ExitCodeTests {
    @Test(
        "the command's code is inject's, whatever it is", arguments: Wiring.allCases,
        Array(stride(from: Int32(0), through: 255, by: 15))
    )
    func code(wiring: Wiring, code: Int32) throws {
        let result = try Probe.run(ProbeRequest("/bin/sh", "-c", "exit \(code)"), on: wiring)
        #expect(result.status == code)
        #expect(result.report == ProbeReport(exitCode: code))
    }

    @Test(
        "a signal that ends the command is 128 + n", arguments: Wiring.allCases,
        [1, 2, 3, 6, 9, 11, 13, 14, 15, 31, 34, 64]
    )
    func signal(wiring: Wiring, signal: Int32) throws {
        let result = try Probe.run(ProbeRequest("/bin/sh", "-c", "kill -\(signal) $$"), on: wiring)
        #expect(result.status == 128 + signal)
    }
}
