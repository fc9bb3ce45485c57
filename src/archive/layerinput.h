// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "content/decoder.h"

#include <QByteArray>
#include <QFile>

#include <memory>
#include <span>
#include <vector>

namespace Tagboat {

/*!
 * \brief The plain bytes of a layer's blob, front to back, in large blocks: what libarchive is fed with.
 *
 * gzip is inflated by ISA-L, which takes half the time of the zlib that libarchive has, zstd by libzstd; what
 * is not compressed is read where it is wanted and passed over else. What the first bytes say counts, not the
 * media type. Blocking, for workers, one at a time.
 */
class LayerInput
{
public:
    //! NotFound, Io.
    [[nodiscard]] static Result<std::unique_ptr<LayerInput>> open(const QString& path);

    //! The next bytes, good until the next call; none at the end, or where problem() says why.
    [[nodiscard]] std::span<const char> read();
    //! The bytes from \a position of the plain bytes to what was read last; empty where they are gone. Those
    //! of the last two blocks are there.
    [[nodiscard]] QByteArray recent(qint64 position) const;
    //! Passes over up to \a size bytes where that costs nothing; gives how many those were.
    [[nodiscard]] qint64 skip(qint64 size);
    //! Bytes of the blob that are used up: the measure of progress.
    [[nodiscard]] qint64 fileBytes() const { return m_position; }
    [[nodiscard]] qint64 plainBytes() const { return m_plainBytes; }
    [[nodiscard]] bool isCompressed() const { return m_decoder != nullptr; }
    //! Why it ended before its end; empty where it did not.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    //! The compression that libarchive has to undo itself, being none that a layer may have.
    [[nodiscard]] bool isForeign() const { return m_isForeign; }

private:
    explicit LayerInput(const QString& path) : m_file(path) { }
    [[nodiscard]] Result<void> start();
    //! Fills m_block from the file.
    [[nodiscard]] qsizetype readBlock(char* block, qsizetype size);
    [[nodiscard]] qsizetype decode(char* plain, qsizetype size);

    //! A block of plain bytes that was given away.
    struct Block
    {
        std::vector<char> bytes;
        qint64 begin = 0; //!< where in the plain bytes
        qint64 size = 0;
    };

    QFile m_file;
    std::vector<char> m_compressed; // of the file, where it is
    Block m_last, m_before;
    std::unique_ptr<Decoder> m_decoder;
    QString m_problem;
    qint64 m_size = 0;
    qint64 m_position = 0;
    qint64 m_plainBytes = 0;
    bool m_isForeign = false;
};

} // namespace Tagboat
