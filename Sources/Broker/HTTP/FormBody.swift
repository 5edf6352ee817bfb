internal import Glibc
package import Secrets

/// A form (`application/x-www-form-urlencoded`), read strictly: a repeated parameter is an error (RFC 6749, section 3.2).
package struct FormBody {
    private struct Parameter {
        let name: [UInt8]
        let value: SecretBytes
    }

    private static let mostParameters = 16

    private let parameters: [Parameter]

    /// Returns nil for what is not a form, or has more than sixteen parameters.
    package init?(_ body: SecretBytes) {
        guard let parameters = body.withExposedBytes(Self.parameters) else { return nil }
        self.parameters = parameters
    }

    /// A parameter's value; one that is empty counts as absent (RFC 6749, section 3.2).
    package subscript(_ name: String) -> SecretBytes? {
        let value = parameters.first { $0.name.elementsEqual(name.utf8) }?.value
        return value?.isEmpty == false ? value : nil
    }

    /// The text of a parameter that is no secret.
    package func text(_ name: String) -> String? {
        self[name].map { value in value.withExposedBytes { String(decoding: $0, as: UTF8.self) } }
    }

    private static func parameters(in form: UnsafeRawBufferPointer) -> [Parameter]? {
        var parameters: [Parameter] = []
        var rest = form
        while let part = takePart(of: &rest) {
            guard !part.isEmpty else { continue }
            guard parameters.count < mostParameters, let equals = place(of: UInt8(ascii: "="), in: part),
                let name = decode(UnsafeRawBufferPointer(rebasing: part[..<equals])),
                let value = decode(UnsafeRawBufferPointer(rebasing: part[(equals + 1)...]))
            else { return nil }
            let bytes = name.withExposedBytes { Array($0) }
            guard !parameters.contains(where: { $0.name == bytes }) else { return nil }
            parameters.append(Parameter(name: bytes, value: value))
        }
        return parameters
    }

    /// What stands before the next `&`, which is taken as well.
    private static func takePart(of rest: inout UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard !rest.isEmpty else { return nil }
        let end = place(of: UInt8(ascii: "&"), in: rest)
        let part = UnsafeRawBufferPointer(rebasing: rest[..<(end ?? rest.count)])
        rest = UnsafeRawBufferPointer(rebasing: rest[(end.map { $0 + 1 } ?? rest.count)...])
        return part
    }

    private static func place(of byte: UInt8, in text: UnsafeRawBufferPointer) -> Int? {
        guard let base = text.baseAddress else { return nil }
        return memchr(base, Int32(byte), text.count).map { UnsafeRawPointer($0) - base }
    }

    private static func decode(_ text: UnsafeRawBufferPointer) -> SecretBytes? {
        // As tokens are.
        guard place(of: UInt8(ascii: "%"), in: text) != nil || place(of: UInt8(ascii: "+"), in: text) != nil else {
            return try? SecretBytes(copying: text)
        }
        guard var output = try? SecretBuffer(capacity: text.count) else { return nil }
        var count: Int?
        _ = try? output.appendUninitialized(capacity: text.count) { room in
            count = decode(text, into: room)
            return count ?? 0
        }
        return count == nil ? nil : output.finish()
    }

    /// Returns how many bytes there are, none more than in `text`; nil where it is malformed.
    private static func decode(_ text: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int? {
        var (place, written) = (0, 0)
        while place < text.count {
            switch text[place] {
            case UInt8(ascii: "+"): room[written] = UInt8(ascii: " ")
            case UInt8(ascii: "%"):
                guard place + 3 <= text.count, let high = hexadecimal(text[place + 1]),
                    let low = hexadecimal(text[place + 2])
                else { return nil }
                room[written] = high << 4 | low
                place += 2
            default: room[written] = text[place]
            }
            place += 1
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
