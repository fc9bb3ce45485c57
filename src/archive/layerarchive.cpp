// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layerarchive.h"

#include "archive/tarheader.h"

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<LayerArchive>> LayerArchive::open(const QString& path)
{
    auto input = LayerInput::open(path);
    if (!input)
        return std::unexpected(std::move(input.error()));
    return std::unique_ptr<LayerArchive>(new LayerArchive(std::move(*input)));
}

LayerArchive::LayerArchive(std::unique_ptr<LayerInput> input)
    : m_input(std::move(input)), m_archive(archive_read_new())
{
    archive_read_support_format_tar(m_archive.get());
    archive_read_support_format_empty(m_archive.get());
    if (m_input->isForeign()) {
        archive_read_support_filter_bzip2(m_archive.get());
        archive_read_support_filter_xz(m_archive.get());
    }
}

la_ssize_t LayerArchive::read(archive* handle, void* self, const void** block)
{
    LayerInput& input = *static_cast<LayerArchive*>(self)->m_input;
    const std::span<const char> bytes = input.read();
    *block = bytes.data();
    if (bytes.empty() && !input.problem().isEmpty()) {
        archive_set_error(handle, EIO, "%s", input.problem().toUtf8().constData());
        return ARCHIVE_FATAL;
    }
    return static_cast<la_ssize_t>(bytes.size());
}

la_int64_t LayerArchive::skip(archive*, void* self, la_int64_t size)
{
    return static_cast<LayerArchive*>(self)->m_input->skip(size);
}

LayerArchive::Step LayerArchive::next(Clock::time_point until)
{
    if (!m_isOpen) {
        m_isOpen = true;
        if (archive_read_open2(m_archive.get(), this, nullptr, &read, &skip, nullptr) != ARCHIVE_OK)
            return Step::Broken;
    }
    if (m_hasData) {
        const Step step = skipData(until);
        if (step != Step::End)
            return step;
    }
    m_entry = nullptr;
    switch (archive_read_next_header(m_archive.get(), &m_entry)) {
    case ARCHIVE_OK:
    case ARCHIVE_WARN: // a name in no known encoding, an attribute that cannot be had
        ++m_count;
        m_hasData = archive_entry_size_is_set(m_entry) && archive_entry_size(m_entry) > 0;
        return Step::Entry;
    case ARCHIVE_EOF:
        return Step::End;
    default: // also ARCHIVE_RETRY, a damaged header: what follows may be anything
        return Step::Broken;
    }
}

QByteArray LayerArchive::paxRecord(const QByteArray& key) const
{
    const QByteArray bytes = m_input->recent(archive_read_header_position(m_archive.get()));
    QByteArrayView left(bytes);
    // Extension headers one after another, each with its data, before the entry's own.
    while (left.size() >= TarBlockSize) {
        const auto header = TarHeader::parse(left.first(TarBlockSize), {});
        if (!header || !QByteArrayView("xgLK").contains(header->type) || header->size < 0
            || header->size > left.size() - TarBlockSize)
            return {};
        if (header->type == 'x') {
            const auto records = parsePaxRecords(left.sliced(TarBlockSize, header->size), {});
            if (records && records->contains(key))
                return records->value(key);
        }
        left = left.sliced(std::min(TarBlockSize + header->size + tarPadding(header->size), left.size()));
    }
    return {};
}

LayerArchive::Step LayerArchive::data()
{
    const void* block = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(m_archive.get(), &block, &size, &offset);
    if (status == ARCHIVE_EOF) {
        m_hasData = false;
        return Step::End;
    }
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return Step::Broken;
    m_bytes = QByteArrayView(static_cast<const char*>(block), static_cast<qsizetype>(size));
    m_offset = offset;
    return Step::Data;
}

LayerArchive::Step LayerArchive::skipData(Clock::time_point until)
{
    if (!m_input->isCompressed()) {
        m_hasData = false;
        return archive_read_data_skip(m_archive.get()) == ARCHIVE_OK ? Step::End : Step::Broken;
    }
    // Block by block, since one file may be most of a large layer.
    while (true) {
        const Step step = data();
        if (step != Step::Data)
            return step;
        if (Clock::now() >= until)
            return Step::Pause;
    }
}

QString LayerArchive::problem() const
{
    if (!m_input->problem().isEmpty())
        return m_input->problem();
    const char* text = archive_error_string(m_archive.get());
    return text ? QString::fromUtf8(text) : u"the tar archive is damaged"_s;
}

} // namespace Tagboat
