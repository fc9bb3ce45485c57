// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filteredsource.h"
#include "content/compression.h"
#include "content/content.h"
#include "oci/manifest.h"

#include <QList>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace Tagboat {

enum class ArchiveFormat {
    DockerArchive, //!< `docker save`: manifest.json with plain tar layers; ours carries an OCI layout beside
                   //!< it
    OciArchive,    //!< an OCI image layout as a tar
};

//! An image found in, or brought in from, an archive.
struct ArchivedImage
{
    Descriptor target; //!< root manifest or index; null digest before import of a docker-archive
    Digest id;         //!< config digest, or index digest
    //! Canonical references: RepoTags of manifest.json; in index.json `io.containerd.image.name`, else
    //! `org.opencontainers.image.ref.name` if it has a slash or a colon (a bare word is a tag of nobody knows
    //! what).
    QStringList names;
    Platform platform;
    qint64 size = 0; //!< bytes of its members in the archive
};

//! What an archive holds, from its headers and JSON members only.
struct ArchiveContents
{
    ArchiveFormat format = ArchiveFormat::OciArchive;
    QList<ArchivedImage> images;
};

//! `Error::operation` where an archive itself is to blame, and not the place it is read into; the origin then
//! is Source.
inline constexpr QLatin1StringView ReadArchiveOperation("read archive");

struct ArchiveProgress
{
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0; //!< 0: not known yet
    QString member;        //!< being read or written now
};
using ArchiveProgressCallback = std::function<void(ArchiveProgress)>;

/*!
 * \brief Reads what is in an archive (tar, also inside gzip, xz, zstd or bzip2).
 *
 * A folder that holds an OCI image layout, or an unpacked archive, is one as well; of it only the files that
 * an archive has are looked at, and links are none of them.
 *
 * Hostile archives are refused, not repaired: absolute names, `..`, links that leave the archive, devices
 * where files belong, two members of one name, a truncated file. Errors: NotFound, Unsupported (no image
 * archive), Corrupt (with the member's name), Io.
 *
 * Docker since version 25 describes images twice in one archive, by an OCI layout and by manifest.json: the
 * names of both count. Content is taken from the layout, with its digests, unless it is not whole there or
 * its layers are stored plain (`docker save` made that manifest up, no registry ever had it); then the image
 * is one of a docker-archive. Of an index platforms may be absent; layers that may not be redistributed, too.
 */
[[nodiscard]] Task<Result<ArchiveContents>> inspectArchive(QString path, std::stop_token stop);

/*!
 * \brief The way of one member of an archive to its destination, as whoever has it brought in sees and steers
 * it.
 *
 * One for each member and import, made when its turn comes. Engine thread.
 */
class MemberTrip
{
public:
    virtual ~MemberTrip() = default;
    //! Of a plain layer, before it is read: a blob that the destination has already and that is known to hold
    //! these plain bytes. The layer is then not touched.
    [[nodiscard]] virtual Task<Result<std::optional<Descriptor>>> known(std::stop_token stop) = 0;
    //! Before the first try: waits until it may go.
    [[nodiscard]] virtual Task<Result<void>> begin(std::stop_token stop) = 0;
    //! So many bytes have gone to the destination; less than before where a try begins further back.
    virtual void sent(qint64 bytes) = 0;
    //! A try broke off: true after a pause, where there is to be another. The other members go on meanwhile.
    [[nodiscard]] virtual Task<bool> again(Error error, std::stop_token stop) = 0;
    //! The layer, whose plain bytes had its diff ID, has become this.
    virtual void brought(const Descriptor& blob) = 0;
};

//! An image that is to be brought in, by its place in ArchiveContents::images.
struct ChosenImage
{
    qsizetype position = 0;
    Digest id;         //!< which must be there: an archive may be another file by now
    QStringList names; //!< it gets in place of its own; empty: none
    friend bool operator==(const ChosenImage&, const ChosenImage&) = default;
};

//! How an archive is brought in.
struct ArchiveImportOptions
{
    //! Where not empty, these replace the names of a single image.
    QStringList names = {};
    //! `names` are what the destination calls images (tags of a repository), not references.
    bool namesAreTags = false;
    //! Where not empty: of several images the one with this canonical reference; NotFound where there is
    //! none.
    QString only = {};
    //! Where not empty: these images and no others. Conflict where one is not at its place (any more).
    QList<ChosenImage> images = {};
    //! What plain layers of a docker-archive become.
    LayerCompression compression = {};
    //! Made for each member: of a plain layer by its diff ID, of anything else by its digest. Empty: they all
    //! go at once, and only once.
    std::function<std::shared_ptr<MemberTrip>(const Digest& digest)> trip = {};
    //! Put around what goes to the destination, to pace it. May be empty.
    std::function<ByteSourcePtr(ByteSourcePtr source)> paced = {};
};

/*!
 * \brief Brings every image of an archive into \a destination, streaming, digests and diff IDs checked.
 *
 * Plain tar layers of a docker-archive are compressed on the way (the config, hence the image ID, stays byte
 * for byte); OCI content is taken over as it is. Names are set last, so a broken archive leaves no name
 * behind.
 *
 * Each layer comes in once, however many images have it. An image that has no name is only there under its
 * digest afterwards; whoever imports into a store and wants to see it there makes it an entry of its index
 * (`ImageStore::setNames(target, {})`). Errors: those of inspectArchive(), DigestMismatch (with the member's
 * name), InvalidInput (names for several images, a name that is none), NotFound (`only`), and what the
 * destination has to say.
 * \a progress counts bytes of the archive; where it is compressed these are not known to the walk over it
 * (`bytesTotal` 0), and bytes of the file after that.
 */
[[nodiscard]] Task<Result<QList<ArchivedImage>>>
importArchive(QString path, std::shared_ptr<ContentWriter> destination, ArchiveImportOptions options,
              ArchiveProgressCallback progress, std::stop_token stop);

//! One image to export: its root and the full names it shall carry.
struct ExportItem
{
    Descriptor target;
    QStringList names;
};

/*!
 * \brief Writes images of \a source into one archive at \a path (made beside it, renamed when whole).
 *
 * DockerArchive takes one platform of an index (\a platform, else the host's); OciArchive takes all that is
 * there, or the one asked for. Without a \a compression the name decides: one that ends in .gz, .zst or .xz
 * compresses. Equal images give equal bytes.
 *
 * A layer of a docker-archive is unpacked into a nameless file beside the archive first, since a tar tells
 * sizes before bytes: besides the archive there has to be room for the largest layer. Errors: NotFound
 * (image, platform, folder), InvalidInput (a name, a suffix, one that promises another compression),
 * Unsupported (an artifact in a docker-archive), DigestMismatch and Corrupt (damage in
 * \a source, with the blob's digest), DiskFull, Io.
 */
[[nodiscard]] Task<Result<void>> exportArchive(QList<ExportItem> items, std::shared_ptr<ContentReader> source,
                                               QString path, ArchiveFormat format,
                                               std::optional<Platform> platform,
                                               std::optional<OuterCompression> compression,
                                               ArchiveProgressCallback progress, std::stop_token stop);

} // namespace Tagboat
