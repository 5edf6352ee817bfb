// The one door to zlib. Linked as libz.a, so the module map names no library.
#ifndef INJECT_CZLIB_SHIM_H
#define INJECT_CZLIB_SHIM_H

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/// Memory that is wiped when zlib gives it back: its window holds what was inflated last.
static inline voidpf inject_zlib_allocate(voidpf opaque, uInt items, uInt size) {
    (void)opaque;
    size_t count;
    if (__builtin_mul_overflow((size_t)items, (size_t)size, &count)) return Z_NULL;
    size_t *memory = malloc(sizeof(size_t) * 2 + count);
    if (memory == NULL) return Z_NULL;
    *memory = count;
    return memory + 2;
}

static inline void inject_zlib_free(voidpf opaque, voidpf address) {
    (void)opaque;
    size_t *memory = (size_t *)address - 2;
    explicit_bzero(address, *memory);
    free(memory);
}

/// `inflateInit2`, which is a macro: 31 window bits mean gzip (RFC 1952), -15 a bare stream (RFC 1951).
static inline int inject_inflate_begin(z_stream *stream, int window_bits) {
    memset(stream, 0, sizeof *stream);
    stream->zalloc = inject_zlib_allocate;
    stream->zfree = inject_zlib_free;
    return inflateInit2(stream, window_bits);
}

#endif
