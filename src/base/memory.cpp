// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/memory.h"

#include <cstdint>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace Tagboat {

namespace {

constexpr int MiB = 1024 * 1024;

#ifdef __GLIBC__
// Address space at the heap's end that is the heap's but not in use yet.
constexpr int SetAside = 12 * MiB;
std::uintptr_t endOfSetAside = 0;

void growHeap()
{
    mallopt(M_TOP_PAD, SetAside);
    // Any request that the heap has no room for makes it grow. A compiler may leave out one whose result is
    // not used.
    void* volatile request = std::malloc(MiB);
    std::free(request);
    endOfSetAside = reinterpret_cast<std::uintptr_t>(sbrk(0));
}
#endif

} // namespace

void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 8 * MiB);
    mallopt(M_TRIM_THRESHOLD, 32 * MiB);
    // Few pools, so that what one thread frees is what another takes.
    mallopt(M_ARENA_MAX, 2);
    growHeap();
    mallopt(M_TOP_PAD, 4 * MiB);
#endif
}

void expectLargePieces()
{
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
    if (endOfSetAside == 0)
        return;
    constexpr std::uintptr_t HugePage = 2 * MiB;
    const std::uintptr_t begin = (endOfSetAside - SetAside + HugePage - 1) / HugePage * HugePage;
    const std::uintptr_t end = endOfSetAside / HugePage * HugePage;
    // A kernel without huge pages refuses, and nothing is lost.
    madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

} // namespace Tagboat
