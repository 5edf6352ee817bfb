/// Reads one container's format piece by piece.
protocol ContainerReader: AnyObject {
    /// Reads what comes next and tells what is in it.
    func read(_ piece: UnsafeRawBufferPointer, _ tell: (ContainerEvent) throws -> Void) throws

    /// Whether the container may end here.
    var isComplete: Bool { get }
}
