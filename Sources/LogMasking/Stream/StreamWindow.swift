/// The bytes at hand during one call: what was held, then the input, addressed by offsets from the stream's start.
struct StreamWindow {
    let held: UnsafeRawBufferPointer
    let input: UnsafeRawBufferPointer
    /// The offset of the input's first byte.
    let middle: Int

    /// Puts `input` behind `held`, whose first byte has the offset `start`.
    init(held: UnsafeRawBufferPointer, from start: Int, input: UnsafeRawBufferPointer) {
        self.held = held
        self.input = input
        middle = start + held.count
    }

    /// The offset behind the last byte.
    var end: Int { middle + input.count }

    /// Lends the bytes between two offsets in at most two slices, none of them empty.
    func forEachSlice(from start: Int, to end: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let first = middle - held.count
        if start < min(end, middle) {
            body(UnsafeRawBufferPointer(rebasing: held[start - first..<min(end, middle) - first]))
        }
        if max(start, middle) < end {
            body(UnsafeRawBufferPointer(rebasing: input[max(start, middle) - middle..<end - middle]))
        }
    }
}
