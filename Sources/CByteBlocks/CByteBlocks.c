#include "CByteBlocks.h"

/// How many of `blocks` blocks' bytes are `byte`; a byte of the sums grows by at most one a block, so 255 cannot overflow it.
static size_t count_in_blocks(const uint8_t *bytes, size_t blocks, uint8_t byte) {
    inject_block sums = {0};
    for (size_t index = 0; index < blocks; index++) {
        inject_block block;
        memcpy(&block, bytes + index * sizeof block, sizeof block);
        sums -= (inject_block)(block == byte);
    }
    size_t count = 0;
    for (size_t index = 0; index < sizeof sums; index++) count += sums[index];
    return count;
}

size_t inject_count_of_byte(const void *start, size_t count, uint8_t byte) {
    const uint8_t *bytes = start;
    size_t found = 0;
    while (count >= sizeof(inject_block)) {
        size_t blocks = count / sizeof(inject_block);
        if (blocks > 255) blocks = 255;
        found += count_in_blocks(bytes, blocks, byte);
        bytes += blocks * sizeof(inject_block);
        count -= blocks * sizeof(inject_block);
    }
    for (size_t index = 0; index < count; index++) found += bytes[index] == byte;
    return found;
}
