import Broker
import Secrets

/// Any bytes as a question for secrets: read or refused without a trap, and what is read is no more than was written.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzQuestion(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    guard let body = try? SecretBytes(copying: text) else { return 0 }
    let (plain, withToken) = (QuestionBody(body, allowsToken: false), QuestionBody(body, allowsToken: true))
    guard plain?.subjectToken == nil else { fatalError("a token where none is allowed") }
    guard plain == nil || count == 0 || withToken?.secrets == plain?.secrets else { fatalError("two readings") }
    for path in withToken?.secrets ?? [] {
        guard let again = SecretPath(path.description), again == path else { fatalError("no path: \(path)") }
        // Its bytes stand in the text, or are escaped there.
        guard path.description.utf8.count <= count else { fatalError("longer than the text") }
    }
    guard withToken?.subjectToken.map({ $0.count < count }) ?? true else { fatalError("longer than the text") }
    return 0
}
