// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/archivescan.h"

#include "archive/memberpath.h"
#include "archive/sequentialpass.h"
#include "archive/tarheader.h"
#include "base/logging.h"
#include "oci/manifest.h"
#include "oci/mediatype.h"

#include <KTar>
#include <QFileInfo>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! What one step does at most: unpacking this takes some hundredths of a second.
constexpr qint64 StepBytes = 8 * 1024 * 1024;
//! KArchive's own walk grows with the square of a folder's size; no image comes near this.
constexpr qsizetype MaxForKArchive = 10'000;

bool isJson(QByteArrayView head)
{
    const auto first =
        std::ranges::find_if(head, [](char c) { return !QByteArrayView(" \t\r\n").contains(c); });
    return first == head.end() ? !head.isEmpty() : *first == '{' || *first == '[';
}

Result<bool> isCompressed(const QString& path)
{
    auto file = openPlainInput(path);
    if (!file)
        return std::unexpected(std::move(file.error()));
    QByteArray block(TarBlockSize, '\0');
    const auto count = (*file)->read(block.data(), block.size());
    if (!count)
        return std::unexpected(count.error());
    block.truncate(*count);
    // A tar may begin with a name that looks like a compressor's mark, but then its checksum fits.
    return !TarHeader::isHeader(block) && MediaType::sniffCompression(block) != MediaType::Compression::None;
}

/*!
 * \brief Lets KArchive say where the members of a tar lie, if it sees the same ones.
 *
 * The walk knows that no header needs more than KArchive understands; but some forms of old tars only look as
 * if (GNU's incremental ones have times where others have a part of the name), and then it is the walk that
 * is right.
 */
void placeByKArchive(const QString& path, MemberTable& table)
{
    // Without the type KTar would guess it, and unpack to a temporary file if it guessed wrong.
    KTar tar(path, u"application/x-tar"_s);
    if (!tar.open(QIODevice::ReadOnly)) {
        qCWarning(lcArchive) << "KArchive does not open" << path << tar.errorString();
        return;
    }
    QHash<qsizetype, qint64> places;
    for (qsizetype i = 0; i < table.members().size(); ++i) {
        const ArchiveMember& member = table.at(i);
        if (member.kind != TarEntry::Kind::File)
            continue;
        const KArchiveFile* file = tar.directory()->file(member.path);
        if (!file || file->size() != member.size) {
            qCWarning(lcArchive) << "KArchive sees" << member.path << "of" << path << "otherwise";
            return;
        }
        places.insert(i, file->position());
    }
    for (const auto& [member, place] : places.asKeyValueRange())
        table.setDataOffset(member, place);
}

} // namespace

ArchiveScan::ArchiveScan(QString path) : m_archive(new OpenedArchive(std::move(path))) { }

Result<std::shared_ptr<ArchiveScan>> ArchiveScan::start(QString path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fail(Error::Code::NotFound, path, u"no such file"_s);
    if (!info.isFile())
        return fail(Error::Code::InvalidInput, path, u"not a plain file"_s);
    const auto compressed = isCompressed(path);
    if (!compressed)
        return std::unexpected(compressed.error());
    auto input = *compressed ? openCompressedInput(path) : openPlainInput(path);
    if (!input)
        return std::unexpected(std::move(input.error()));

    auto scan = std::shared_ptr<ArchiveScan>(new ArchiveScan(path));
    scan->m_archive->m_fileSize = info.size();
    scan->m_archive->m_isSequential = *compressed;
    scan->m_reader = std::make_unique<TarReader>(std::move(*input), std::move(path));
    return scan;
}

Result<bool> ArchiveScan::step()
{
    for (qint64 budget = StepBytes; budget > 0;) {
        if (m_reader->remaining() > 0) {
            const qint64 before = m_reader->remaining();
            // Passing over a member of a plain file is one seek.
            if (auto done = m_reader->skip(m_archive->m_isSequential ? budget : before); !done)
                return std::unexpected(std::move(done.error()));
            budget -= m_archive->m_isSequential ? before - m_reader->remaining() : 0;
            continue;
        }
        auto entry = m_reader->next();
        if (!entry)
            return std::unexpected(std::move(entry.error()));
        if (!*entry)
            return true;
        auto cost = take(std::move(**entry));
        if (!cost)
            return std::unexpected(std::move(cost.error()));
        budget -= *cost;
    }
    return false;
}

Result<qint64> ArchiveScan::take(TarEntry entry)
{
    qint64 cost = 16 * 1024; // of a header: bounds how many are read in one step
    QByteArray head;
    if (entry.kind == TarEntry::Kind::File) {
        auto first = m_reader->read(MemberTable::HeadSize);
        if (!first)
            return std::unexpected(std::move(first.error()));
        head = std::move(*first);
        const bool isKept = m_archive->m_isSequential && isJson(head) && entry.size <= MaxManifestSize
            && m_documentBytes + entry.size <= OpenedArchive::MaxDocumentBytes;
        if (isKept) {
            auto rest = m_reader->read(entry.size);
            if (!rest)
                return std::unexpected(std::move(rest.error()));
            m_archive->m_documents.insert(m_archive->m_table.members().size(), head + *rest);
            m_documentBytes += entry.size;
            cost += entry.size;
        }
    }
    if (auto added = m_archive->m_table.add(std::move(entry), m_entries, std::move(head)); !added)
        return std::unexpected(std::move(added.error()));
    ++m_entries;
    return cost;
}

Result<OpenedArchivePtr> ArchiveScan::finish()
{
    if (auto sound = m_archive->m_table.check(); !sound)
        return std::unexpected(std::move(sound.error()));
    if (m_archive->m_isSequential)
        m_archive->m_pass = std::make_shared<SequentialPass>(m_archive->m_path);
    else if (m_archive->m_table.isSimple() && m_archive->m_table.members().size() <= MaxForKArchive)
        placeByKArchive(m_archive->m_path, m_archive->m_table);
    return std::move(m_archive);
}

} // namespace Tagboat
