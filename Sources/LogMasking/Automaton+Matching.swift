extension Automaton {
    /// Reads from `offset` until a pattern ends or the input does; says whether a pattern ended before `offset`.
    func next(_ state: inout Int32, _ input: UnsafeRawBufferPointer, _ offset: inout Int) -> Bool {
        var current = state
        var place = offset
        let hit = withTables { nodes, root in
            while place < input.count {
                let byte = input[place]
                place += 1
                if current == 0 {
                    current = root[Int(byte)]
                    if current == 0 { continue }
                } else {
                    current = Self.step(current, byte, nodes, root)
                }
                if nodes[Int(current)].output != 0 { return true }
            }
            return false
        }
        state = current
        offset = place
        return hit ?? false
    }

    private static func step(
        _ state: Int32,
        _ byte: UInt8,
        _ nodes: UnsafePointer<Node>,
        _ root: UnsafeBufferPointer<Int32>
    ) -> Int32 {
        var state = state
        while state != 0 {
            var child = nodes[Int(state)].firstChild
            while child != 0 {
                if nodes[Int(child)].byte == byte { return child }
                child = nodes[Int(child)].nextSibling
            }
            state = nodes[Int(state)].failure
        }
        return root[Int(byte)]
    }

    /// How many bytes at the end of the text are a proper prefix of a pattern, at most.
    func open(at state: Int32) -> Int {
        withTables { nodes, _ in Int(nodes[Int(state)].open) } ?? 0
    }

    /// Calls `body` with each pattern that ends at a state: whose it is, in which form, how long.
    func endings(at state: Int32, _ body: (Int, Int, Int) -> Void) {
        _ = withTables { nodes, _ in
            var end = nodes[Int(state)].output
            while end != 0 {
                var index = nodes[Int(end)].pattern
                while index >= 0 {
                    let ending = endings[Int(index)]
                    body(ending.secret, ending.form, Int(nodes[Int(end)].depth))
                    index = ending.next
                }
                end = nodes[Int(nodes[Int(end)].failure)].output
            }
        }
    }
}
