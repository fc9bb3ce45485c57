// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace Tagboat {

void keepFreedMemory()
{
#ifdef __GLIBC__
    constexpr int MiB = 1024 * 1024;
    mallopt(M_MMAP_THRESHOLD, 8 * MiB);
    mallopt(M_TRIM_THRESHOLD, 32 * MiB);
    mallopt(M_TOP_PAD, 4 * MiB);
    // Few pools, so that what one thread frees is what another takes.
    mallopt(M_ARENA_MAX, 2);
#endif
}

} // namespace Tagboat
