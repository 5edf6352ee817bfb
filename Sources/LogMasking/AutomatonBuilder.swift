internal import Secrets

/// Builds an automaton's nodes and wipes what it built them in.
struct AutomatonBuilder {
    private var nodes: [Automaton.Node]
    private(set) var rootRow = [Int32](repeating: 0, count: 256)
    private(set) var endings: [Automaton.Ending] = []
    private(set) var longest = 0

    /// Room for all nodes at once: growing would leave copies of patterns behind.
    init(capacity: Int) {
        nodes = []
        nodes.reserveCapacity(capacity)
        nodes.append(Automaton.Node())
    }

    mutating func insert(_ text: UnsafeRawBufferPointer, _ secret: Int, _ form: Int) {
        var state: Int32 = 0
        for byte in text { state = child(of: state, byte) ?? append(byte, to: state) }
        guard state != 0, !isCredited(state, to: secret) else { return }
        endings.append(.init(secret: secret, form: form, next: nodes[Int(state)].pattern))
        nodes[Int(state)].pattern = Int32(endings.count - 1)
        longest = max(longest, text.count)
    }

    /// Failure and output links, breadth first.
    mutating func link() {
        var queue: [Int32] = []
        queue.reserveCapacity(nodes.count)
        queue.append(0)
        var next = 0
        while next < queue.count {
            let state = queue[next]
            next += 1
            var child = nodes[Int(state)].firstChild
            while child != 0 {
                link(child, of: state)
                queue.append(child)
                child = nodes[Int(child)].nextSibling
            }
        }
    }

    /// Moves the nodes into locked pages and wipes the array they were built in.
    mutating func takeNodes() throws(SecretMemoryError) -> SecretBytes {
        let result: Result<SecretBytes, SecretMemoryError> = nodes.withUnsafeBytes { bytes in
            do throws(SecretMemoryError) { return .success(try SecretBytes(copying: bytes)) } catch {
                return .failure(error)
            }
        }
        nodes.withUnsafeMutableBytes { SecretBuffer.wipe($0) }
        return try result.get()
    }

    private mutating func link(_ child: Int32, of parent: Int32) {
        let byte = nodes[Int(child)].byte
        var failure = nodes[Int(parent)].failure
        while parent != 0 {
            if let target = self.child(of: failure, byte) {
                nodes[Int(child)].failure = target
                break
            }
            guard failure != 0 else { break }
            failure = nodes[Int(failure)].failure
        }
        let isLeaf = nodes[Int(child)].firstChild == 0
        nodes[Int(child)].open = isLeaf ? nodes[Int(nodes[Int(child)].failure)].open : nodes[Int(child)].depth
        let endsHere = nodes[Int(child)].pattern >= 0
        nodes[Int(child)].output = endsHere ? child : nodes[Int(nodes[Int(child)].failure)].output
    }

    private func child(of state: Int32, _ byte: UInt8) -> Int32? {
        guard state != 0 else { return rootRow[Int(byte)] == 0 ? nil : rootRow[Int(byte)] }
        var child = nodes[Int(state)].firstChild
        while child != 0, nodes[Int(child)].byte != byte { child = nodes[Int(child)].nextSibling }
        return child == 0 ? nil : child
    }

    private mutating func append(_ byte: UInt8, to state: Int32) -> Int32 {
        var node = Automaton.Node()
        node.byte = byte
        node.depth = nodes[Int(state)].depth + 1
        node.nextSibling = nodes[Int(state)].firstChild
        let index = Int32(nodes.count)
        nodes.append(node)
        nodes[Int(state)].firstChild = index
        if state == 0 { rootRow[Int(byte)] = index }
        return index
    }

    /// Equal texts of one secret are credited to its first form.
    private func isCredited(_ state: Int32, to secret: Int) -> Bool {
        var ending = nodes[Int(state)].pattern
        while ending >= 0 {
            if endings[Int(ending)].secret == secret { return true }
            ending = endings[Int(ending)].next
        }
        return false
    }
}
