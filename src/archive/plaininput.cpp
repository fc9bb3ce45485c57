// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/plaininput.h"

#include <QFile>

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

class FileInput : public PlainInput
{
public:
    explicit FileInput(const QString& path) : m_file(path) { }

    [[nodiscard]] Result<void> open()
    {
        errno = 0;
        // Headers are read one by one between long jumps: a buffer would read 16 KiB for each.
        if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return fail(Error::fromErrno(errno, m_file.fileName(), u"cannot open"));
        m_size = m_file.size();
        return {};
    }

    [[nodiscard]] Result<qint64> read(char* buffer, qint64 size) override
    {
        qint64 done = 0;
        while (done < size) {
            errno = 0;
            const qint64 count = m_file.read(buffer + done, size - done);
            if (count < 0)
                return fail(Error::fromErrno(errno, m_file.fileName(), u"cannot read"));
            if (count == 0)
                break;
            done += count;
        }
        return done;
    }

    [[nodiscard]] Result<qint64> skip(qint64 size) override
    {
        const qint64 step = std::min(size, m_size - m_file.pos());
        if (step > 0 && !m_file.seek(m_file.pos() + step))
            return fail(Error::fromErrno(errno, m_file.fileName(), u"cannot seek"));
        return std::max(step, qint64(0));
    }

    [[nodiscard]] qint64 fileBytes() const override { return m_file.pos(); }

private:
    QFile m_file;
    qint64 m_size = 0;
};

struct FreeArchive
{
    void operator()(archive* handle) const { archive_read_free(handle); }
};

class CompressedInput : public PlainInput
{
public:
    explicit CompressedInput(QString path) : m_path(std::move(path)), m_archive(archive_read_new()) { }

    [[nodiscard]] Result<void> open()
    {
        archive_read_support_filter_gzip(m_archive.get());
        archive_read_support_filter_xz(m_archive.get());
        archive_read_support_filter_zstd(m_archive.get());
        archive_read_support_filter_bzip2(m_archive.get());
        archive_read_support_format_raw(m_archive.get());
        constexpr size_t BlockSize = 256 * 1024;
        const QByteArray name = QFile::encodeName(m_path);
        if (archive_read_open_filename(m_archive.get(), name.constData(), BlockSize) != ARCHIVE_OK)
            return broken();
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(m_archive.get(), &entry);
        if (status == ARCHIVE_EOF)
            m_atEnd = true;
        else if (status != ARCHIVE_OK)
            return broken();
        return {};
    }

    [[nodiscard]] Result<qint64> read(char* buffer, qint64 size) override
    {
        qint64 done = 0;
        while (done < size && !m_atEnd) {
            const la_ssize_t count =
                archive_read_data(m_archive.get(), buffer + done, static_cast<size_t>(size - done));
            if (count < 0)
                return broken();
            m_atEnd = count == 0;
            done += count;
        }
        return done;
    }

    [[nodiscard]] Result<qint64> skip(qint64 size) override
    {
        if (m_waste.isEmpty())
            m_waste.resize(256 * 1024);
        qint64 done = 0;
        while (done < size) {
            const auto count = read(m_waste.data(), std::min(size - done, qint64(m_waste.size())));
            if (!count)
                return count;
            if (*count == 0)
                break;
            done += *count;
        }
        return done;
    }

    [[nodiscard]] qint64 fileBytes() const override { return archive_filter_bytes(m_archive.get(), -1); }

private:
    [[nodiscard]] std::unexpected<Error> broken() const
    {
        const int number = archive_errno(m_archive.get());
        const char* text = archive_error_string(m_archive.get());
        const QString why = text ? QString::fromUtf8(text) : u"the compressed data is damaged"_s;
        const bool isSystem = number == EIO || number == EACCES || number == ENOENT || number == EISDIR;
        if (isSystem)
            return fail(Error::fromErrno(number, m_path, u"cannot read"));
        return fail(Error::Code::Corrupt, m_path, u"cannot be unpacked: "_s + why);
    }

    const QString m_path;
    std::unique_ptr<archive, FreeArchive> m_archive;
    QByteArray m_waste;
    bool m_atEnd = false;
};

template<typename Input>
Result<std::unique_ptr<PlainInput>> opened(const QString& path)
{
    auto input = std::make_unique<Input>(path);
    if (auto done = input->open(); !done)
        return std::unexpected(std::move(done.error()));
    return input;
}

} // namespace

Result<std::unique_ptr<PlainInput>> openPlainInput(const QString& path)
{
    return opened<FileInput>(path);
}

Result<std::unique_ptr<PlainInput>> openCompressedInput(const QString& path)
{
    return opened<CompressedInput>(path);
}

} // namespace Tagboat
