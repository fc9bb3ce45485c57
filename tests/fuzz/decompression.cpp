// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include "content/decoder.h"
#include "oci/mediatype.h"
#include "support/randomimage/filters.h"

#include <QByteArray>

#include <expected>
#include <optional>

using namespace Tagboat;
using namespace Tagboat::Fuzz;

namespace {

constexpr qsizetype MostPlainBytes = 1 << 20;

std::unique_ptr<Decoder> decoderFor(QByteArrayView bytes)
{
    switch (MediaType::sniffCompression(bytes)) {
    case MediaType::Compression::Gzip:
        return Decoder::gzip();
    case MediaType::Compression::Zstd:
        return Decoder::zstd();
    default:
        return nullptr;
    }
}

//! What comes out when the input is fed in pieces and the output taken in steps; nothing where it is broken.
std::optional<QByteArray> decode(QByteArrayView bytes, qsizetype pieceSize, qsizetype room)
{
    const std::unique_ptr<Decoder> decoder = decoderFor(bytes);
    QByteArray plain;
    while (plain.size() < MostPlainBytes) {
        if (decoder->wantsInput()) {
            if (bytes.isEmpty())
                return decoder->isComplete() ? std::optional(plain) : std::nullopt;
            const qsizetype size = qMin(pieceSize, bytes.size());
            decoder->feed(bytes.first(size).toByteArray());
            bytes = bytes.sliced(size);
        }
        const std::expected<QByteArray, QString> step = decoder->step(room);
        if (!step)
            return std::nullopt;
        require(step->size() <= room, "a step keeps to its room");
        plain += *step;
    }
    return std::nullopt; // grown large enough
}

//! The same by zlib and libzstd alone.
std::optional<QByteArray> judged(QByteArrayView bytes)
{
    QByteArray plain;
    const auto filter = Testing::unpackFilter([&](QByteArrayView piece) {
        if (plain.size() < MostPlainBytes)
            plain += piece;
    });
    if (!filter->write(bytes) || !filter->finish() || plain.size() >= MostPlainBytes)
        return std::nullopt;
    return plain;
}

} // namespace

//! The first byte chooses the size of the pieces.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes = view(data + 1, size - 1);
    if (!decoderFor(bytes))
        return 0;
    const std::optional<QByteArray> whole = decode(bytes, bytes.size(), 64 * 1024);
    const std::optional<QByteArray> pieces = decode(bytes, data[0] + 1, 4096);
    require(!whole || !pieces || *whole == *pieces, "the size of the pieces does not matter");
    // libzstd checks an empty last block less strictly where it comes in pieces; what is accepted is the
    // same.
    const bool isGzip = MediaType::sniffCompression(bytes) == MediaType::Compression::Gzip;
    require(!isGzip || whole.has_value() == pieces.has_value(), "nor does it for what is broken");
    const std::optional<QByteArray> judge = judged(bytes);
    require(!whole || !judge || *whole == *judge, "zlib and libzstd read the same");
    return 0;
}
