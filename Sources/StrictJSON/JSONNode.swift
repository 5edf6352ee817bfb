/// One value of an indexed document; strings and numbers are ranges of the text, which the node does not hold.
package indirect enum JSONNode: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number.
    case number(JSONNumber)
    /// A string.
    case string(JSONString)
    /// An array, in order.
    case array([JSONNode])
    /// An object, in order.
    case object(JSONObject)
}

extension JSONNode {
    /// The object, or nil for any other kind.
    package var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// The elements of the array, or nil for any other kind.
    package var array: [JSONNode]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The string, or nil for any other kind.
    package var string: JSONString? {
        guard case .string(let string) = self else { return nil }
        return string
    }

    /// The number, or nil for any other kind.
    package var number: JSONNumber? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// What kind of value it is, as a message names it.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
