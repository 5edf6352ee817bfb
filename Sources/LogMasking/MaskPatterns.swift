package import Secrets

/// Everything a stream is searched for: each value in each of its forms, ready to be shared between streams.
///
/// White space around a value is not part of what is searched for: a file's last line feed does not appear wherever
/// its secret does. The patterns' bytes and the tables made of them live in secret pages and are wiped with the last
/// owner; lengths, names and form numbers are ordinary memory.
package struct MaskPatterns: Sendable {
    /// The values that are not masked, each name and reason once, in the order of the values.
    package let unmaskable: [UnmaskableValue]
    let set: PatternSet
    /// What whole patterns are found by; nil where there is none, or one too short for it.
    let grams: RarestGrams?
    let prefixes: PrefixIndex
    /// What interrupted patterns are found by.
    let heads: HeadIndex
    let names: [String]
    let forms: [String]
    let options: MaskOptions
    private let values: [MaskedValue]

    /// How many bytes an occurrence can have at most.
    var longestMatch: Int { max(set.longest, heads.longestMatch) }

    /// Derives all patterns; throws only where the kernel gives no memory.
    package init(_ values: [MaskedValue], options: MaskOptions = MaskOptions()) throws(SecretMemoryError) {
        var writer = try PatternWriter(values: values.count)
        var names = NameTable()
        var unmaskable: [UnmaskableValue] = []
        for value in values {
            guard let reason = try Self.write(value, place: names.place(of: value.name), to: &writer) else { continue }
            let remark = UnmaskableValue(name: value.name, reason: reason)
            if !unmaskable.contains(remark) { unmaskable.append(remark) }
        }
        try self.init(
            writer,
            names: names.names,
            forms: MaskForms.names,
            options: options,
            values,
            unmaskable
        )
    }

    /// Searches for exact texts of any length under any form's name, for tests of the search itself.
    package init(
        raw: [RawPattern],
        options: MaskOptions = MaskOptions()
    ) throws(SecretMemoryError) {
        var writer = try PatternWriter(values: raw.count)
        var names = NameTable()
        var forms = NameTable()
        for pattern in raw {
            writer.credit = PatternCredit(name: names.place(of: pattern.name), form: forms.place(of: pattern.form))
            writer.interruption = pattern.interruption
            for byte in pattern.bytes { try writer.append(byte) }
            writer.end()
        }
        try self.init(writer, names: names.names, forms: forms.names, options: options)
    }

    private init(
        _ writer: consuming PatternWriter,
        names: [String],
        forms: [String],
        options: MaskOptions,
        _ values: [MaskedValue] = [],
        _ unmaskable: [UnmaskableValue] = []
    ) throws(SecretMemoryError) {
        let set = try PatternSet(writer)
        self.set = set
        grams = try set.withTexts { texts throws(SecretMemoryError) in
            set.shortest < 4 ? nil : try RarestGrams(texts, shortest: set.shortest)
        }
        prefixes = try set.withTexts { texts throws(SecretMemoryError) in
            try PrefixIndex(texts, longest: set.longest)
        }
        heads = try set.withTexts { texts throws(SecretMemoryError) in try HeadIndex(texts, set.interruptions) }
        self.names = names
        self.forms = forms
        self.options = options
        self.values = values
        self.unmaskable = unmaskable
    }

    /// The patterns of these values and one more; derives all of them again.
    package func adding(_ value: MaskedValue) throws(SecretMemoryError) -> MaskPatterns {
        try MaskPatterns(values + [value], options: options)
    }

    /// Writes the value's patterns, or says why there are none.
    private static func write(
        _ value: MaskedValue,
        place: Int,
        to writer: inout PatternWriter
    ) throws(SecretMemoryError) -> UnmaskableValue.Reason? {
        try value.value.withExposedBytes { bytes throws(SecretMemoryError) in
            let core = ValueScreen.trimmed(bytes)
            if let reason = ValueScreen.objection(to: core) { return reason }
            writer.present = ByteSet(of: core)
            let forms = MaskForms.all.prefix(value.isToken ? MaskForms.tokenFormCount : .max)
            for (number, form) in forms.enumerated() {
                writer.credit = PatternCredit(name: place, form: number)
                writer.interruption = form.interruption
                try form.write(core, to: &writer)
            }
            return nil
        }
    }
}
