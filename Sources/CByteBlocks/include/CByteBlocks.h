// What every byte of a log goes through, many at a time: Swift's compiler takes its own SIMD types apart into single bytes.
#ifndef INJECT_BYTE_BLOCKS_H
#define INJECT_BYTE_BLOCKS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t inject_block __attribute__((vector_size(16)));

/// Which of 16 bytes are smaller than `bound`, the first in the lowest bit.
static inline uint64_t inject_smaller_of_16(const uint8_t *_Nonnull bytes, uint8_t bound) {
    typedef _Bool flags __attribute__((ext_vector_type(16)));
    inject_block block;
    memcpy(&block, bytes, sizeof block);
    flags smaller = __builtin_convertvector(block < bound, flags);
    uint16_t bits;
    memcpy(&bits, &smaller, sizeof bits);
    return bits;
}

/// Which of 64 bytes are smaller than `bound`, the first in the lowest bit.
static inline uint64_t inject_smaller_of_64(const void *_Nonnull start, uint8_t bound) {
    const uint8_t *bytes = start;
    return inject_smaller_of_16(bytes, bound) | inject_smaller_of_16(bytes + 16, bound) << 16
        | inject_smaller_of_16(bytes + 32, bound) << 32 | inject_smaller_of_16(bytes + 48, bound) << 48;
}

/// Asks for the bytes at an address before they are needed: what is read in a random order waits for the memory otherwise.
static inline void inject_prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }

/// How many of `count` bytes are `byte`.
size_t inject_count_of_byte(const void *_Nonnull bytes, size_t count, uint8_t byte);

#endif
