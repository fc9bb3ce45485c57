// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/places.h"

#include "base/logging.h"
#include "store/imagestore.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Tagboat {

Result<Place> Place::parse(const QString& text)
{
    Place place;
    if (text.isEmpty() || text == "store"_L1)
        return place;
    const QString scheme = text.section(u':', 0, 0);
    const QString rest = text.section(u':', 1);
    if (scheme == "docker"_L1 || scheme == "docker-daemon"_L1 || scheme == "podman"_L1
        || scheme == "containers-storage"_L1)
        return fail(Error::Code::Unsupported, text,
                    u"images of Docker and Podman cannot be reached yet; use an archive"_s);
    if (scheme == "oci"_L1)
        place.kind = Kind::OciDirectory;
    else if (scheme == "oci-archive"_L1)
        place.kind = Kind::OciArchive;
    else if (scheme == "docker-archive"_L1)
        place.kind = Kind::DockerArchive;
    else
        return fail(Error::Code::InvalidInput, text,
                    u"a place is store, oci:DIR, oci-archive:FILE or docker-archive:FILE"_s);
    place.path = rest.section(u':', 0, 0);
    place.name = rest.section(u':', 1);
    if (place.path.isEmpty())
        return fail(Error::Code::InvalidInput, text, u"the path is missing"_s);
    place.path = QDir::current().absoluteFilePath(place.path);
    return place;
}

namespace {

constexpr auto ScratchPrefix = "scratch-"_L1;
constexpr auto ScratchImages = "/images"_L1;
constexpr auto ScratchMark = "scratch"_L1;

//! Removes the folders of processes that are gone. One without a mark is just being made or removed, or
//! somebody else's.
void sweepScratch(const QString& dataDirectory)
{
    const QDir data(dataDirectory);
    const QStringList names = data.entryList({ScratchPrefix + u'*'}, QDir::Dirs | QDir::NoSymLinks);
    for (const QString& name : names) {
        const QString folder = data.filePath(name);
        if (!ProcessMark::exists(folder, ScratchMark) || !ProcessMark::isGone(folder, ScratchMark))
            continue;
        // The mark last, so that what is left by an interruption here is found again.
        if (!QDir(folder + ScratchImages).removeRecursively() || !QDir(folder).removeRecursively())
            qCWarning(lcStore).noquote() << "cannot remove" << folder;
    }
}

} // namespace

Result<std::shared_ptr<ScratchStore>> ScratchStore::make(const QString& dataDirectory)
{
    QDir().mkpath(dataDirectory);
    sweepScratch(dataDirectory);
    std::shared_ptr<ScratchStore> scratch(
        new ScratchStore(dataDirectory + u'/' + ScratchPrefix + u"XXXXXX"_s));
    const QString folder = scratch->m_folder.path();
    if (!scratch->m_folder.isValid())
        return fail(Error::Code::Io, dataDirectory, scratch->m_folder.errorString());
    auto mark = ProcessMark::make(folder, ScratchMark);
    if (!mark)
        return std::unexpected(std::move(mark.error()));
    scratch->m_mark = std::move(*mark);
    auto store = ImageStore::open(folder + ScratchImages);
    if (!store)
        return std::unexpected(std::move(store.error()));
    scratch->m_store = std::move(*store);
    return scratch;
}

} // namespace Tagboat
