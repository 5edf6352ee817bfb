/// What a container's reader comes across, in the order of its bytes.
enum ContainerEvent {
    /// A member begins. Without a name it is all that the container has; a stored one lies there as it is.
    case member(name: [UInt8]?, isStored: Bool)
    /// Bytes of the member; a stored one's are a part of the piece that is read.
    case bytes(UnsafeRawBufferPointer)
    /// The part of the piece that is read that was a compressed member's.
    case packed(UnsafeRawBufferPointer)
    /// The member ends.
    case end
    /// A member that is passed over, and why.
    case closed(name: [UInt8], reason: String)
    /// The rest cannot be read, and why.
    case broken(String)
}
