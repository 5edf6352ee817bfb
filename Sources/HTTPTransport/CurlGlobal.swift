import CCurl
import Glibc

/// The one start of libcurl in a process.
enum CurlGlobal {
    /// Whether libcurl was loaded and started; asking does both.
    static let isReady: Bool = {
        guard inject_curl_load() else { return false }
        // libcurl would write the session keys of every connection to the file it names.
        unsetenv("SSLKEYLOGFILE")
        let flags = Int(inject_curl_global_default())
        return inject_curl_global_init_mem(flags, allocate, release, reallocate, duplicate, allocateZeroed) == CURLE_OK
    }()

    /// Why it did not, for people.
    static var failure: String {
        guard let reason = inject_curl_load_error() else { return "libcurl did not start" }
        return "libcurl cannot be loaded: \(String(cString: reason))"
    }

    // MARK: - Memory that is wiped

    // libcurl keeps copies of headers and bodies in buffers of its own; each is wiped before it is freed or outgrown.

    private static let allocate: curl_malloc_callback = { malloc($0) }

    private static let allocateZeroed: curl_calloc_callback = { calloc($0, $1) }

    private static let duplicate: curl_strdup_callback = { text in text.flatMap { strdup($0) } }

    private static let release: curl_free_callback = { memory in
        guard let memory else { return }
        explicit_bzero(memory, malloc_usable_size(memory))
        free(memory)
    }

    private static let reallocate: curl_realloc_callback = { memory, size in
        guard let memory else { return malloc(size) }
        let oldSize = malloc_usable_size(memory)
        if size > 0, size <= oldSize { return memory }
        guard let larger = malloc(size) else { return nil }
        memcpy(larger, memory, min(oldSize, size))
        explicit_bzero(memory, oldSize)
        free(memory)
        return larger
    }
}
