import LogMasking
import Testing

/// A value and what a real tool made of it.
struct EncodedValue: CustomTestStringConvertible {
    let value: String
    let encoded: String
    let tool: String

    init(_ value: String, _ encoded: String, _ tool: String) {
        self.value = value
        self.encoded = encoded
        self.tool = tool
    }

    var testDescription: String { "\(tool): \(encoded)" }

    /// Expects the encoding to be masked as a whole, and nothing around it.
    func expectMasked(as form: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let masking = try Masking([value], "before \(encoded) after\n")
        #expect(masking.text == "before *** after\n", sourceLocation: sourceLocation)
        let entry = MaskReport.Entry(name: "A", count: 1, form: form, firstLine: 1)
        #expect(masking.report.entries == [entry], sourceLocation: sourceLocation)
    }
}

/// A value that every encoding has something to say about.
let awkward = "p@ss w/rd+'x\"&<é>"
