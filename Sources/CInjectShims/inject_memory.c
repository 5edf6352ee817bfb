#define _GNU_SOURCE
#include "inject_memory.h"

#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)

// Tables of some megabytes are read all over: with pages of 4 KiB, a start touches thousands of them.
static void use_huge_pages(void *memory, size_t size) {
    if (size >= HUGE_PAGE) madvise(memory, size, MADV_HUGEPAGE);
}

// A huge page starts at a multiple of its size, as not every kernel lets a mapping do.
static void *map_pages(size_t size) {
    size_t more = size >= HUGE_PAGE ? HUGE_PAGE : 0;
    if (size > SIZE_MAX - more) return MAP_FAILED;
    char *memory = mmap(NULL, size + more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || more == 0) return memory;
    size_t before = -(uintptr_t)memory & (HUGE_PAGE - 1);
    if (before > 0) munmap(memory, before);
    if (before < more) munmap(memory + before + size, more - before);
    return memory + before;
}

void *inject_secret_map(size_t size, bool is_inherited, bool *locked) {
    void *memory = map_pages(size);
    if (memory == MAP_FAILED) return NULL;
    madvise(memory, size, MADV_DONTDUMP);
    if (!is_inherited) madvise(memory, size, MADV_DONTFORK);
    use_huge_pages(memory, size);
    *locked = mlock(memory, size) == 0;
    return memory;
}

void *inject_secret_grow(void *memory, size_t size, size_t new_size) {
    void *grown = mremap(memory, size, new_size, MREMAP_MAYMOVE);
    if (grown == MAP_FAILED) return NULL;
    use_huge_pages(grown, new_size);
    return grown;
}

void inject_secret_unmap(void *memory, size_t size) {
    explicit_bzero(memory, size);
    munmap(memory, size);
}

void inject_secret_wipe(void *memory, size_t size) { explicit_bzero(memory, size); }

bool inject_secret_equal(const void *left, const void *right, size_t size) {
    const volatile unsigned char *a = left;
    const volatile unsigned char *b = right;
    unsigned char difference = 0;
    for (size_t i = 0; i < size; i++) difference |= a[i] ^ b[i];
    return difference == 0;
}

void inject_share_arena(void) { mallopt(M_ARENA_MAX, 1); }
