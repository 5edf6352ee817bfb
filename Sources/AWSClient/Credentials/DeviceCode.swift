/// What a person answers who is asked for the code of a device.
package enum DeviceCode: Sendable {
    /// What was typed, whatever it is.
    case typed(String)
    /// The question was cancelled.
    case cancelled
    /// Nobody can be asked.
    case unasked
}
