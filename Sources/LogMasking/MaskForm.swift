/// One way in which a value can appear in a log.
///
/// A form that is the same bytes as another is harmless: each text becomes one pattern, credited to the first form.
protocol MaskForm: Sendable {
    /// What reports call the form.
    var name: String { get }

    /// Adds the texts under which the value appears.
    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink)
}

/// Every form, in the order in which equal texts are credited.
enum MaskForms {
    static let all: [any MaskForm] = [
        LiteralForm(), LineForm(), Base64Form(alphabet: .standard), Base64Form(alphabet: .urlSafe), HexForm(),
        PercentForm(), JSONForm(), ShellForm(),
    ]
}
