import Testing

@testable import AWSClient

@Suite("The output of a program")
struct ProcessOutputTests {
    @Test("a program ends where nobody waits for it any more")
    func cancelled() async throws {
        let task = Task { try await ProcessOutput.run(["sleep", "30"]) }
        task.cancel()
        guard case .failure(let error as ProcessOutput.Failure) = await task.result, case .status(137) = error else {
            Issue.record("it was not killed")
            return
        }
    }
}
