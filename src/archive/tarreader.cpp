// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/tarreader.h"

#include "archive/memberpath.h"
#include "archive/tarheader.h"

#include <QStringDecoder>

#include <algorithm>
#include <limits>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Names longer than this are no names of image archives; without a bound a header could fill the memory.
constexpr qint64 MaxExtensionSize = 1024 * 1024;
//! Zeros after the end that fill up the last record: GNU tar's largest usual record is 10 KiB, tapes have
//! more.
constexpr qint64 MaxTrailer = 16 * 1024 * 1024;
constexpr qint64 EightGiB = qint64(8) << 30;

Result<QString> decoded(const QByteArray& name, const QString& subject)
{
    auto decode = QStringDecoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decode(name);
    if (decode.hasError() || text.contains(QChar::Null))
        return fail(Error::Code::Corrupt, subject, u"a name that is not UTF-8"_s);
    return text;
}

} // namespace

//! What headers before the member's own say about it.
struct TarReader::Extension
{
    std::optional<QByteArray> name;
    std::optional<QByteArray> linkTarget;
    std::optional<qint64> size;
    bool isPresent = false;

    [[nodiscard]] Result<void> takePax(QByteArrayView bytes, bool isGlobal, const QString& subject)
    {
        auto records = parsePaxRecords(bytes, subject);
        if (!records)
            return std::unexpected(std::move(records.error()));
        for (auto record = records->cbegin(); record != records->cend(); ++record) {
            const QByteArray& key = record.key();
            if (key.startsWith("GNU.sparse."))
                return fail(Error::Code::Unsupported, subject, u"sparse members are not supported"_s);
            const bool isUsed = key == "path" || key == "linkpath" || key == "size";
            if (isUsed && isGlobal) {
                return fail(Error::Code::Unsupported, subject,
                            u"a global header that names or sizes all members"_s);
            }
            if (key == "path")
                name = record.value();
            else if (key == "linkpath")
                linkTarget = record.value();
            else if (key == "size") {
                bool isNumber = false;
                size = record.value().toLongLong(&isNumber);
                if (!isNumber || *size < 0 || *size > std::numeric_limits<qint64>::max() / 2)
                    return fail(Error::Code::Corrupt, subject, u"a size that is no number"_s);
            }
        }
        return {};
    }
};

TarReader::TarReader(std::unique_ptr<PlainInput> input, QString archive)
    : m_input(std::move(input)), m_archive(std::move(archive))
{ }

TarReader::~TarReader() = default;

QString TarReader::subject() const
{
    return memberSubject(m_archive, m_member);
}

std::unexpected<Error> TarReader::notTar() const
{
    return fail(Error::Code::Unsupported, m_archive, u"not a tar archive"_s);
}

std::unexpected<Error> TarReader::cutOff() const
{
    return fail(Error::Code::Corrupt, subject(), u"the archive is cut off after %1 bytes"_s.arg(m_position));
}

Result<QByteArray> TarReader::readBlock()
{
    QByteArray block(TarBlockSize, Qt::Uninitialized);
    const auto count = m_input->read(block.data(), TarBlockSize);
    if (!count)
        return std::unexpected(count.error());
    m_position += *count;
    if (*count < TarBlockSize)
        return cutOff();
    return block;
}

Result<QByteArray> TarReader::readExtension(qint64 size)
{
    if (size > MaxExtensionSize)
        return fail(Error::Code::Corrupt, subject(), u"an extended header of %1 bytes"_s.arg(size));
    QByteArray bytes(size + tarPadding(size), Qt::Uninitialized);
    const auto count = m_input->read(bytes.data(), bytes.size());
    if (!count)
        return std::unexpected(count.error());
    m_position += *count;
    if (*count < bytes.size())
        return cutOff();
    bytes.truncate(size);
    return bytes;
}

Result<QByteArray> TarReader::read(qint64 maxSize)
{
    QByteArray piece(std::min(maxSize, m_remaining), Qt::Uninitialized);
    if (piece.isEmpty())
        return piece;
    const auto count = m_input->read(piece.data(), piece.size());
    if (!count)
        return std::unexpected(count.error());
    m_position += *count;
    if (*count < piece.size())
        return cutOff();
    m_remaining -= piece.size();
    return piece;
}

Result<void> TarReader::skip(qint64 maxSize)
{
    const qint64 step = std::min(maxSize, m_remaining);
    const auto count = m_input->skip(step);
    if (!count)
        return std::unexpected(count.error());
    m_position += *count;
    if (*count < step)
        return cutOff();
    m_remaining -= step;
    return {};
}

Result<void> TarReader::finishMember()
{
    if (auto done = skip(m_remaining); !done)
        return done;
    const auto count = m_input->skip(m_padding);
    if (!count)
        return std::unexpected(count.error());
    m_position += *count;
    if (*count < m_padding)
        return cutOff();
    m_padding = 0;
    return {};
}

Result<void> TarReader::checkEnd()
{
    auto second = readBlock();
    if (!second)
        return std::unexpected(std::move(second.error()));
    if (!TarHeader::isZero(*second))
        return fail(Error::Code::Corrupt, m_archive, u"one zero block in the middle of the archive"_s);
    QByteArray rest(64 * 1024, Qt::Uninitialized);
    for (qint64 total = 0; total <= MaxTrailer;) {
        const auto count = m_input->read(rest.data(), rest.size());
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            return {};
        total += *count;
        if (!TarHeader::isZero(QByteArrayView(rest).first(*count)))
            break;
    }
    return fail(Error::Code::Corrupt, m_archive, u"data after the end of the archive"_s);
}

Result<void> TarReader::takeExtension(const TarHeader& header, Extension& extension)
{
    auto bytes = readExtension(header.size);
    if (!bytes)
        return std::unexpected(std::move(bytes.error()));
    extension.isPresent = extension.isPresent || header.type != 'g';
    if (header.type == 'x' || header.type == 'g')
        return extension.takePax(*bytes, header.type == 'g', subject());
    if (const qsizetype end = bytes->indexOf('\0'); end >= 0)
        bytes->truncate(end);
    (header.type == 'L' ? extension.name : extension.linkTarget) = std::move(*bytes);
    return {};
}

Result<std::optional<TarEntry>> TarReader::next()
{
    if (m_atEnd)
        return std::nullopt;
    if (auto done = finishMember(); !done)
        return std::unexpected(std::move(done.error()));

    Extension extension;
    while (true) {
        const qint64 offset = m_position;
        auto block = readBlock();
        if (!block) {
            // Less than one block and it is no tar at all, rather than a part of one.
            return offset == 0 && block.error().code == Error::Code::Corrupt && m_position < TarBlockSize
                ? notTar()
                : std::unexpected(std::move(block.error()));
        }
        if (TarHeader::isZero(*block)) {
            if (extension.isPresent)
                return fail(Error::Code::Corrupt, subject(), u"the archive ends after an extended header"_s);
            m_member.clear();
            if (auto end = checkEnd(); !end)
                return std::unexpected(std::move(end.error()));
            m_atEnd = true;
            return std::nullopt;
        }
        if (offset == 0 && !TarHeader::isHeader(*block))
            return notTar();
        auto header = TarHeader::parse(*block, subject());
        if (!header) {
            header.error().message += u" (at byte %1)"_s.arg(offset);
            return std::unexpected(std::move(header.error()));
        }
        if (QByteArrayView("xgLK").contains(header->type)) {
            if (auto taken = takeExtension(*header, extension); !taken)
                return std::unexpected(std::move(taken.error()));
            continue;
        }
        auto entry = describe(*header, extension);
        if (!entry)
            return std::unexpected(std::move(entry.error()));
        m_remaining = entry->size;
        m_padding = tarPadding(entry->size);
        return std::move(*entry);
    }
}

Result<TarEntry> TarReader::describe(const TarHeader& header, const Extension& extension)
{
    const QByteArray rawName = extension.name.value_or(header.name);
    auto name = decoded(rawName, m_archive);
    if (!name)
        return std::unexpected(std::move(name.error()));
    m_member = *name;
    auto path = memberPath(*name, m_archive);
    if (!path)
        return std::unexpected(std::move(path.error()));

    TarEntry entry;
    entry.path = std::move(*path);
    entry.size = extension.size.value_or(header.size);
    entry.dataOffset = m_position;
    entry.isSimple = !extension.isPresent && !header.isLargeForm && entry.size < EightGiB
        && std::ranges::all_of(rawName, [](char c) { return static_cast<uchar>(c) < 0x80; });
    if (auto kind = kindOf(header.type, rawName.endsWith('/')); kind)
        entry.kind = *kind;
    else
        return std::unexpected(std::move(kind.error()));
    if (entry.kind != TarEntry::Kind::File && entry.size != 0)
        return fail(Error::Code::Corrupt, subject(), u"a link or folder with content"_s);
    if (entry.path.isEmpty() && entry.kind != TarEntry::Kind::Directory)
        return fail(Error::Code::Corrupt, subject(), u"a file in the place of the root folder"_s);
    if (entry.kind == TarEntry::Kind::SymLink || entry.kind == TarEntry::Kind::HardLink) {
        auto target = decoded(extension.linkTarget.value_or(header.linkTarget), subject());
        if (!target)
            return std::unexpected(std::move(target.error()));
        // A hard link names a member from the root, a symbolic one a path from where it stands.
        auto inside =
            linkPath(entry.kind == TarEntry::Kind::SymLink ? entry.path : QString(), *target, subject());
        if (!inside)
            return std::unexpected(std::move(inside.error()));
        entry.linkTarget = std::move(*inside);
    }
    return entry;
}

Result<TarEntry::Kind> TarReader::kindOf(char type, bool isNamedAsFolder) const
{
    switch (type) {
    case '0':
    case '7': // contiguous: an ordinary file everywhere but on one old system
        return isNamedAsFolder ? TarEntry::Kind::Directory : TarEntry::Kind::File;
    case '1':
        return TarEntry::Kind::HardLink;
    case '2':
        return TarEntry::Kind::SymLink;
    case '5':
        return TarEntry::Kind::Directory;
    case '3':
    case '4':
    case '6':
        return fail(Error::Code::Corrupt, subject(), u"a device where a file belongs"_s);
    case 'S':
        return fail(Error::Code::Unsupported, subject(), u"sparse members are not supported"_s);
    default:
        return fail(Error::Code::Unsupported, subject(),
                    u"a member of the unknown kind '%1'"_s.arg(QLatin1Char(type)));
    }
}

} // namespace Tagboat
