// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layerindexfile.h"

#include "archive/layerreader.h"

#include <zstd.h>

#include <cstring>

namespace Tagboat {

namespace {

//! What stands before the frame. Written as it is: of another byte order it has another version.
struct Head
{
    char mark[8] = {'T', 'a', 'g', 'b', 'L', 'a', 'y', 'r'};
    quint32 version = 1;
    quint32 headSize = sizeof(Head);
    qint64 layerSize = 0;
    quint32 entries = 0;
    quint32 names = 0;
    quint32 problem = 0; //!< bytes of its UTF-8
    quint32 isCutOff = 0;
};
static_assert(sizeof(Head) == 40 && std::is_trivially_copyable_v<Head>);

constexpr quint32 MaxProblem = 64 * 1024;

struct FreeContext
{
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

//! The parts of a frame one after another, each into its own place.
class FrameReader
{
public:
    explicit FrameReader(QByteArrayView frame)
        : m_context(ZSTD_createDCtx()), m_in{frame.data(), static_cast<size_t>(frame.size()), 0}
    { }

    [[nodiscard]] bool read(void* to, size_t size)
    {
        ZSTD_outBuffer out{to, size, 0};
        while (out.pos < out.size) {
            const size_t before = out.pos + m_in.pos;
            m_left = ZSTD_decompressStream(m_context.get(), &out, &m_in);
            if (ZSTD_isError(m_left) || (out.pos + m_in.pos == before && out.pos < out.size))
                return false;
        }
        return true;
    }

    //! The frame is over, its checksum right, and nothing follows it.
    [[nodiscard]] bool isOver()
    {
        char surplus = 0;
        ZSTD_outBuffer out{&surplus, 1, 0};
        if (m_left != 0)
            m_left = ZSTD_decompressStream(m_context.get(), &out, &m_in);
        return m_left == 0 && out.pos == 0 && m_in.pos == m_in.size;
    }

private:
    std::unique_ptr<ZSTD_DCtx, FreeContext> m_context;
    ZSTD_inBuffer m_in;
    size_t m_left = 1; // 0: the frame has ended
};

bool isWithin(quint32 begin, quint16 size, qsizetype all)
{
    return qint64(begin) + size <= all;
}

bool isSound(const LayerIndex::Content& content)
{
    for (size_t i = 0; i < content.entries.size(); ++i) {
        const LayerEntry& entry = content.entries[i];
        if (!isWithin(entry.name, entry.nameSize, content.names.size())
            || !isWithin(entry.link, entry.linkSize, content.names.size()) || entry.size < 0
            || entry.kind > FileNode::Kind::Fifo || (entry.nameSize == 0) != (i == 0)
            || (i > 0 && entry.parent >= i))
            return false;
        // What lies in something lies in a folder.
        if ((entry.has(LayerEntry::Parent) && !entry.isFolder())
            || !content.entries[entry.parent].has(LayerEntry::Parent))
            return false;
        const auto name = QByteArrayView(content.names).sliced(entry.name, entry.nameSize);
        if (name.contains('/') || name == "." || name == ".." || !QUtf8StringView(name).isValidUtf8())
            return false;
    }
    return true;
}

} // namespace

QByteArray writeLayerIndex(const LayerIndex& index, qint64 layerSize)
{
    const QByteArray problem =
        index.problem().toUtf8().first(std::min(index.problem().toUtf8().size(), qsizetype(MaxProblem)));
    Head head;
    head.layerSize = layerSize;
    head.entries = static_cast<quint32>(index.entries().size());
    head.names = static_cast<quint32>(index.names().size());
    head.problem = static_cast<quint32>(problem.size());
    head.isCutOff = index.isCutOff() ? 1 : 0;

    const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    const size_t entriesSize = index.entries().size() * sizeof(LayerEntry);
    const size_t plain = entriesSize + head.names + head.problem;
    QByteArray bytes(static_cast<qsizetype>(sizeof(Head) + ZSTD_compressBound(plain)), Qt::Uninitialized);
    std::memcpy(bytes.data(), &head, sizeof(Head));
    ZSTD_outBuffer out{bytes.data(), static_cast<size_t>(bytes.size()), sizeof(Head)};
    const auto put = [&](const void* data, size_t size, ZSTD_EndDirective ending) {
        ZSTD_inBuffer in{data, size, 0};
        size_t left = 1;
        while (left != 0 && !ZSTD_isError(left)) {
            left = ZSTD_compressStream2(context.get(), &out, &in, ending);
            if (ending == ZSTD_e_continue && in.pos == in.size)
                break;
        }
        return !ZSTD_isError(left);
    };
    if (!put(index.entries().data(), entriesSize, ZSTD_e_continue)
        || !put(index.names().constData(), head.names, ZSTD_e_continue)
        || !put(problem.constData(), head.problem, ZSTD_e_end))
        return {};
    bytes.truncate(static_cast<qsizetype>(out.pos));
    return bytes;
}

LayerIndexPtr readLayerIndex(QByteArrayView bytes, qint64 layerSize)
{
    const Head expected;
    Head head;
    if (bytes.size() < qsizetype(sizeof(Head)))
        return nullptr;
    std::memcpy(&head, bytes.data(), sizeof(Head));
    const LayerLimits limits;
    if (std::memcmp(head.mark, expected.mark, sizeof(head.mark)) != 0 || head.version != expected.version
        || head.headSize != expected.headSize || head.layerSize != layerSize || head.entries == 0
        || head.entries > quint32(limits.entries) || head.names > limits.nameBytes
        || head.problem > MaxProblem)
        return nullptr;

    LayerIndex::Content content;
    content.isCutOff = head.isCutOff != 0;
    content.entries.resize(head.entries);
    content.names = QByteArray(head.names, Qt::Uninitialized);
    QByteArray problem(head.problem, Qt::Uninitialized);
    FrameReader frame(bytes.sliced(sizeof(Head)));
    if (!frame.read(content.entries.data(), content.entries.size() * sizeof(LayerEntry))
        || !frame.read(content.names.data(), head.names) || !frame.read(problem.data(), head.problem)
        || !frame.isOver() || !isSound(content))
        return nullptr;
    content.problem = QString::fromUtf8(problem);
    return std::make_shared<const LayerIndex>(std::move(content));
}

} // namespace Tagboat
