package import Secrets

/// Everything that must not be seen in an output, ready to be looked for.
package struct MaskPatterns: Sendable {
    /// The values that are not masked, with the reason.
    package let unmaskable: [UnmaskableValue]
    let values: [MaskedValue]
    let options: MaskOptions
    let automaton: Automaton
    /// The forms' names, by index.
    let forms: [String]

    /// Derives every form of every value and builds the automaton.
    package init(_ values: [MaskedValue], options: MaskOptions = MaskOptions()) throws(SecretMemoryError) {
        let sink = try PatternSink()
        var unmaskable: [UnmaskableValue] = []
        for (index, value) in values.enumerated() {
            if let reason = Self.refusal(of: value.value, options) {
                unmaskable.append(UnmaskableValue(name: value.name, reason: reason))
                continue
            }
            for (form, maker) in MaskForms.all.enumerated() {
                sink.begin(secret: index, form: form, minimum: form == 0 ? options.minimumValue : options.minimumForm)
                value.value.withExposedBytes { maker.add($0, to: sink) }
            }
        }
        try self.init(sink, values, options, MaskForms.all.map(\.name), unmaskable)
    }

    /// Exactly these texts and nothing derived from them, of any length: to test the masker against an oracle.
    package init(raw values: [MaskedValue], options: MaskOptions = MaskOptions()) throws(SecretMemoryError) {
        let sink = try PatternSink()
        for (index, value) in values.enumerated() {
            sink.begin(secret: index, form: 0, minimum: 1)
            value.value.withExposedBytes { sink.append($0) }
            sink.end()
        }
        try self.init(sink, values, options, ["literal"], [])
    }

    private init(
        _ sink: PatternSink,
        _ values: [MaskedValue],
        _ options: MaskOptions,
        _ forms: [String],
        _ unmaskable: [UnmaskableValue]
    ) throws(SecretMemoryError) {
        if let failure = sink.failure { throw failure }
        automaton = try Automaton(sink)
        self.values = values
        self.options = options
        self.forms = forms
        self.unmaskable = unmaskable
    }

    /// The same with one value more.
    func adding(_ value: MaskedValue) throws(SecretMemoryError) -> MaskPatterns {
        try MaskPatterns(values + [value], options: options)
    }

    private static func refusal(of value: SecretBytes, _ options: MaskOptions) -> UnmaskableValue.Reason? {
        value.withExposedBytes { bytes in
            if bytes.count < options.minimumValue { return .tooShort }
            if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return .blank }
            return CommonWords.contains(bytes) ? .tooCommon : nil
        }
    }
}
