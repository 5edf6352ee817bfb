import Secrets

/// One way in which a value can show up in output, such as an encoding.
///
/// A form is told the value without the white space around it. Almost every encoding works byte by byte, so the
/// encoding of a value inside a longer text contains the encoding of the value; a form whose encoding does not has to
/// write the part that every text around the value leaves unchanged, as `Base64Form` does.
protocol MaskForm: Sendable {
    /// What a report calls the form.
    var name: String { get }

    /// How the texts are found although something stands between their bytes.
    var interruption: Interruption { get }

    /// Writes each text to look for, ending it with one of the writer's `end` functions; equal ones may be repeated.
    ///
    /// A text that is the value itself may be left out: `LiteralForm` writes it. Which it is shows without a look at
    /// the whole value in `PatternWriter.present`.
    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError)
}

extension MaskForm {
    var interruption: Interruption { .none }
}
