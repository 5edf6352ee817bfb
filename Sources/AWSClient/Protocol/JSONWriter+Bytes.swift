import StrictJSON

extension JSONWriter {
    /// The text as a body.
    var bytes: [UInt8] { Array(line.utf8) }
}
