internal import CInjectShims

/// Private pages that are left out of core dumps, locked where the kernel allows, and wiped before they are unmapped.
final class SecretMapping {
    let base: UnsafeMutableRawPointer
    let size: Int
    let isLocked: Bool

    /// Maps at least `minimumSize` bytes, zeroed.
    init(minimumSize: Int) throws(SecretMemoryError) {
        let page = 4096
        let (padded, overflow) = max(minimumSize, 1).addingReportingOverflow(page - 1)
        guard !overflow else { throw SecretMemoryError(byteCount: minimumSize) }
        size = padded / page * page
        var locked = false
        guard let memory = inject_secret_map(size, &locked) else { throw SecretMemoryError(byteCount: minimumSize) }
        base = memory
        isLocked = locked
    }

    deinit {
        inject_secret_unmap(base, size)
    }
}
