/// A server cannot listen, or ended by a failure of the system.
package struct ServerFault: Error, Sendable {
    /// The system's error number.
    package let number: Int32
}
