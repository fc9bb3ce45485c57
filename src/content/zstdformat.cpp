// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/blockformat.h"

#include <zstd.h>

namespace Tagboat {

namespace {

//! Each frame begins without a memory of the one before. At level 3 that costs a hundredth more bytes than
//! one frame for all; 4 MiB would save a half of it, and want twice the memory.
constexpr qsizetype BlockSize = 2 * 1024 * 1024;

class ZstdFormat : public BlockFormat
{
public:
    explicit ZstdFormat(int level) : m_level(level) { }

    [[nodiscard]] qsizetype blockSize() const override { return BlockSize; }

    [[nodiscard]] CompressedBlock compress(QByteArray plain) const override
    {
        // A new context each time, so that nothing an earlier block left in its tables can change this one.
        const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
        if (!context)
            qBadAlloc();
        ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, m_level);
        ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
        const auto size = static_cast<size_t>(plain.size());
        CompressedBlock block;
        block.bytes.resize(static_cast<qsizetype>(ZSTD_compressBound(size)));
        const size_t used = ZSTD_compress2(context.get(), block.bytes.data(),
                                           static_cast<size_t>(block.bytes.size()), plain.constData(), size);
        if (ZSTD_isError(used))
            qBadAlloc(); // the only way to fail with a bound that holds
        block.bytes.truncate(static_cast<qsizetype>(used));
        block.bytes.squeeze();
        return block;
    }

    void append(const CompressedBlock&, qint64) override { m_isEmpty = false; }

    //! Nothing at all is no zstd stream: an empty one has a frame, too.
    [[nodiscard]] QByteArray tail() override { return m_isEmpty ? compress({}).bytes : QByteArray(); }

private:
    const int m_level;
    bool m_isEmpty = true;
};

} // namespace

std::unique_ptr<BlockFormat> BlockFormat::zstd(int level)
{
    return std::make_unique<ZstdFormat>(level);
}

} // namespace Tagboat
