// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

//! What libFuzzer and the replay call; each target defines it once.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace Tagboat::Fuzz {

//! Ends the program where a promise does not hold, so that the fuzzer keeps the input.
inline void require(bool holds, const char* promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

inline QByteArrayView view(const uint8_t* data, size_t size)
{
    return QByteArrayView(data, static_cast<qsizetype>(size));
}

} // namespace Tagboat::Fuzz
