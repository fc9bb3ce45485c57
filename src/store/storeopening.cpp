// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storeopening.h"

#include "oci/jsonobject.h"
#include "store/storecore.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 MaxMarkerSize = 64 * 1024;
constexpr auto Marker = "{\"imageLayoutVersion\":\"1.0.0\"}";

//! False where there is no oci-layout file; an error where it is not one that we understand.
Result<bool> hasMarker(const LayoutFiles& files)
{
    const auto bytes = DiskFile::open(files.markerPath()).and_then([](DiskFile file) {
        return file.readAll(MaxMarkerSize);
    });
    if (!bytes && bytes.error().code == Error::Code::NotFound)
        return false;
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto marker = parseJsonObject(*bytes, files.markerPath());
    if (!marker)
        return std::unexpected(marker.error());
    const QString version = marker->value("imageLayoutVersion"_L1).toString();
    if (version.isEmpty())
        return fail(Error::Code::Corrupt, files.markerPath(), u"names no imageLayoutVersion"_s);
    if (!version.startsWith("1."_L1)) {
        return fail(Error::Code::Unsupported, files.directory(),
                    u"image layout version %1; 1.0.0 is understood"_s.arg(version));
    }
    return true;
}

bool hasNoFiles(const QString& folder)
{
    const auto entries = Disk::list(folder);
    return entries && std::ranges::all_of(*entries, [&](const FolderEntry& entry) {
               return entry.kind == FolderEntry::Kind::Folder && hasNoFiles(folder + u'/' + entry.name);
           });
}

//! Nothing in the folder but what our own creation puts there before its last step.
Result<bool> isFree(const LayoutFiles& files)
{
    // The store's folder itself may well be a link: whoever named it meant that.
    const auto entries = Disk::list(files.directory() + u"/."_s);
    if (!entries && entries.error().code == Error::Code::NotFound)
        return true;
    if (!entries)
        return std::unexpected(entries.error());
    return std::ranges::all_of(*entries, [&](const FolderEntry& entry) {
        if (entry.kind == FolderEntry::Kind::Folder) {
            const QString path = files.directory() + u'/' + entry.name;
            return entry.name == "ingest"_L1 || (entry.name == "blobs"_L1 && hasNoFiles(path));
        }
        const auto index = entry.name == "index.json"_L1 ? readIndex(files) : Result<OciLayoutIndex>();
        return entry.kind == FolderEntry::Kind::File
            && ((entry.name == ".lock"_L1 && entry.size == 0)
                || (entry.name == "index.json"_L1 && index
                    && index->toBytes() == OciLayoutIndex::empty().toBytes()));
    });
}

std::unexpected<Error> notOurs(const LayoutFiles& files)
{
    return fail(Error::make(Error::Code::InvalidInput, files.directory(),
                            u"the folder holds files but is no OCI image layout"_s)
                    .during(u"open the image store"_s));
}

Result<void> makeLayout(const LayoutFiles& files)
{
    if (!QDir().mkpath(files.directory()) || !Disk::isWritable(files.directory()))
        return fail(Error::Code::Io, files.directory(), u"cannot make an image store in this folder"_s);
    const auto lock = StoreLock::acquire(files, StoreLock::Kind::Exclusive);
    if (!lock)
        return std::unexpected(lock.error());
    // Another process may have been quicker, with the same in mind or with something else.
    const auto isMade = hasMarker(files);
    if (!isMade)
        return std::unexpected(isMade.error());
    if (*isMade)
        return {};
    const auto free = isFree(files);
    if (!free)
        return std::unexpected(free.error());
    if (!*free)
        return notOurs(files);
    const auto made = Disk::makeFolder(files.blobsFolder())
                          .and_then([&] { return Disk::makeFolder(files.blobsFolder() + u"/sha256"_s); })
                          .and_then([&] { return writeIndex(files, OciLayoutIndex::empty(), *lock); })
                          // Last: from here on it is a layout.
                          .and_then([&] { return files.replace(files.markerPath(), Marker); });
    if (!made)
        return fail(files.blamed(made.error()));
    return {};
}

} // namespace

Result<void> openLayout(const LayoutFiles& files)
{
    const QFileInfo folder(files.directory());
    if (folder.exists() && !folder.isDir())
        return fail(Error::Code::InvalidInput, files.directory(), u"is no folder"_s);
    const auto isLayout = hasMarker(files);
    if (!isLayout)
        return std::unexpected(isLayout.error());
    if (!*isLayout) {
        const auto free = isFree(files);
        if (!free)
            return std::unexpected(free.error());
        if (!*free)
            return notOurs(files);
        if (auto made = makeLayout(files); !made)
            return made;
    }
    if (auto checked = files.checkFolders(); !checked)
        return checked;
    const auto index = readIndex(files);
    if (!index)
        return std::unexpected(index.error());
    return {};
}

} // namespace Tagboat
