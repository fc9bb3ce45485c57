// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/layoutfiles.h"

#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr std::array Algorithms = {"sha256"_L1, "sha384"_L1, "sha512"_L1};

} // namespace

QString LayoutFiles::markerPath() const
{
    return m_directory + u"/oci-layout"_s;
}

QString LayoutFiles::indexPath() const
{
    return m_directory + u"/index.json"_s;
}

QString LayoutFiles::documentsPath() const
{
    return m_directory + u"/.documents"_s;
}

QString LayoutFiles::lockPath() const
{
    return m_directory + u"/.lock"_s;
}

QString LayoutFiles::ingestFolder() const
{
    return m_directory + u"/ingest"_s;
}

QString LayoutFiles::blobsFolder() const
{
    return m_directory + u"/blobs"_s;
}

QString LayoutFiles::blobPath(const Digest& digest) const
{
    if (digest.isNull())
        return {};
    return blobsFolder() + u'/' + digest.algorithm() + u'/' + digest.hex();
}

Result<QString> LayoutFiles::newIngestPath(QLatin1StringView ending) const
{
    if (auto made = Disk::makeFolder(ingestFolder()); !made)
        return fail(blamed(std::move(made.error())));
    const quint64 number = QRandomGenerator::system()->generate64();
    return ingestFolder() + u'/' + OurPrefix + QString::number(number, 16) + ending;
}

QString LayoutFiles::partialPath(const Digest& digest) const
{
    return ingestFolder() + u'/' + OurPrefix + digest.algorithm() + u'-' + digest.hex() + PartialEnding;
}

Digest LayoutFiles::digestOfPartial(const QString& fileName)
{
    if (!fileName.startsWith(OurPrefix) || !fileName.endsWith(PartialEnding))
        return {};
    QString text = fileName.sliced(OurPrefix.size()).chopped(PartialEnding.size());
    const qsizetype dash = text.indexOf(u'-');
    if (dash < 0)
        return {};
    return Digest::parse(text.replace(dash, 1, u':')).value_or(Digest());
}

Result<void> LayoutFiles::replace(const QString& path, const QByteArray& bytes) const
{
    const auto temporary = newIngestPath(".tmp"_L1);
    if (!temporary)
        return std::unexpected(temporary.error());
    auto file = DiskFile::create(*temporary);
    if (!file)
        return fail(blamed(std::move(file.error())));
    auto done = file->write(bytes)
                    .and_then([&] { return file->sync(); })
                    .and_then([&] { return Disk::moveOver(*temporary, path); })
                    .and_then([&] { return Disk::syncFolder(m_directory); });
    if (!done) {
        if (const auto removed = Disk::remove(*temporary); !removed)
            return fail(blamed(std::move(done.error())).because(removed.error()));
        return fail(blamed(std::move(done.error())));
    }
    return {};
}

Result<void> LayoutFiles::placeBlob(const QString& from, const Digest& digest) const
{
    const QString folder = blobsFolder() + u'/' + digest.algorithm();
    auto done = Disk::entry(folder).and_then([&](const std::optional<FolderEntry>& there) -> Result<void> {
        if (there && there->kind == FolderEntry::Kind::Folder)
            return {};
        return Disk::makeFolder(blobsFolder()).and_then([&] { return Disk::makeFolder(folder); });
    });
    if (done)
        done = Disk::moveOver(from, blobPath(digest));
    if (!done)
        return fail(blamed(std::move(done.error())));
    return {};
}

Result<std::optional<BlobFile>> LayoutFiles::blob(const Digest& digest) const
{
    if (digest.isNull())
        return std::nullopt;
    const auto entry = Disk::entry(blobPath(digest));
    if (!entry)
        return std::unexpected(entry.error());
    if (!*entry || (*entry)->kind != FolderEntry::Kind::File)
        return std::nullopt;
    return BlobFile{(*entry)->size, (*entry)->modified};
}

Result<BlobListing> LayoutFiles::listBlobs() const
{
    BlobListing blobs;
    for (const QLatin1StringView algorithm : Algorithms) {
        const QString folder = blobsFolder() + u'/' + algorithm;
        const auto entries = Disk::list(folder);
        if (!entries && entries.error().code == Error::Code::NotFound)
            continue;
        if (!entries)
            return std::unexpected(entries.error());
        blobs.reserve(blobs.size() + entries->size());
        for (const FolderEntry& entry : *entries) {
            if (entry.kind != FolderEntry::Kind::File)
                continue;
            if (const auto digest = Digest::parse(QString(algorithm + u':' + entry.name)))
                blobs.insert(*digest, {entry.size, entry.modified});
        }
    }
    return blobs;
}

Result<void> LayoutFiles::checkFolders() const
{
    QStringList folders = {ingestFolder(), blobsFolder()};
    for (const QLatin1StringView algorithm : Algorithms)
        folders.append(blobsFolder() + u'/' + algorithm);
    for (const QString& folder : std::as_const(folders)) {
        const auto entry = Disk::entry(folder);
        if (!entry)
            return std::unexpected(entry.error());
        if (*entry && (*entry)->kind != FolderEntry::Kind::Folder)
            return fail(Error::Code::InvalidInput, folder, u"is a link or a file where a folder belongs"_s);
    }
    return {};
}

Error LayoutFiles::blamed(Error error) const
{
    if (error.code == Error::Code::DiskFull && error.subject != m_directory) {
        return Error::make(Error::Code::DiskFull, m_directory, u"no room is left for the image store"_s)
            .because(std::move(error));
    }
    if (error.code != Error::Code::Io && error.code != Error::Code::NotFound)
        return error;
    if (error.subject == m_directory)
        return error;
    return Error::make(Error::Code::Io, m_directory, u"cannot write to the image store"_s)
        .because(std::move(error));
}

} // namespace Tagboat
