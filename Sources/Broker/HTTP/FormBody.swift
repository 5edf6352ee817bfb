internal import Secrets

/// A form (`application/x-www-form-urlencoded`), read strictly: a repeated parameter is an error (RFC 6749, section 3.2).
struct FormBody {
    private static let mostParameters = 16

    private let values: [String: SecretBytes]

    /// Returns nil for what is not a form.
    init?(_ body: SecretBytes) {
        let values: [String: SecretBytes]? = body.withExposedBytes { bytes in
            var values: [String: SecretBytes] = [:]
            let parts = bytes.split(separator: UInt8(ascii: "&"), maxSplits: Self.mostParameters)
            guard parts.count <= Self.mostParameters else { return nil }
            for part in parts {
                guard let equals = part.firstIndex(of: UInt8(ascii: "=")), let name = Self.decode(part[..<equals]),
                    let value = Self.decode(part[(equals + 1)...])
                else { return nil }
                let text = name.withExposedBytes { String(decoding: $0, as: UTF8.self) }
                guard values.updateValue(value, forKey: text) == nil else { return nil }
            }
            return values
        }
        guard let values else { return nil }
        self.values = values
    }

    /// A parameter's value; one that is empty counts as absent (RFC 6749, section 3.2).
    subscript(_ name: String) -> SecretBytes? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The text of a parameter that is no secret.
    func text(_ name: String) -> String? {
        self[name].map { value in value.withExposedBytes { String(decoding: $0, as: UTF8.self) } }
    }

    private static func decode(_ text: Slice<UnsafeRawBufferPointer>) -> SecretBytes? {
        guard var output = try? SecretBuffer(capacity: max(text.count, 1)) else { return nil }
        var count: Int?
        _ = try? output.appendUninitialized(capacity: text.count) { room in
            count = decode(text, into: room)
            return count ?? 0
        }
        return count == nil ? nil : output.finish()
    }

    /// Returns how many bytes there are, none more than in `text`; nil where it is malformed.
    private static func decode(
        _ text: Slice<UnsafeRawBufferPointer>,
        into room: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var (place, written) = (text.startIndex, 0)
        while place < text.endIndex {
            let plain = text[place...].prefix { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }
            UnsafeMutableRawBufferPointer(rebasing: room[written...]).copyBytes(from: plain)
            (place, written) = (plain.endIndex, written + plain.count)
            guard place < text.endIndex else { break }
            if text[place] == UInt8(ascii: "+") {
                room[written] = UInt8(ascii: " ")
                place += 1
            } else {
                guard place + 3 <= text.endIndex, let high = hexadecimal(text[place + 1]),
                    let low = hexadecimal(text[place + 2])
                else { return nil }
                room[written] = high << 4 | low
                place += 3
            }
            written += 1
        }
        return written
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
