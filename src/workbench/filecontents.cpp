// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/worker.h"
#include "workbench/filelistingsprivate.h"

#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <ranges>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int MostLinks = 40; // as the kernel's ELOOP

//! The names of a path still to be gone, the next one last.
void pushPath(QStringList& left, QStringView path)
{
    const QList<QStringView> parts = path.split(u'/', Qt::SkipEmptyParts);
    for (const QStringView part : std::views::reverse(parts))
        left.append(part.toString());
}

struct FoundFile
{
    Descriptor layer;
    quint32 ordinal = 0;
    FileNode node;
};

std::unexpected<Error> notFound(const FileInImage& file, QString why)
{
    return fail(Error::Code::NotFound, file.path, std::move(why));
}

Result<FoundFile> findFile(const ListedImage& image, const FileInImage& file)
{
    const QList<ImageFiles::Layer>& layers = image.files.layers;
    if (file.layer >= layers.size())
        return notFound(file, u"the image has %1 layers"_s.arg(layers.size()));
    const bool isMerged = file.layer < 0;
    const FileTreePtr tree = isMerged ? image.files.merged : layers[file.layer].tree;
    if (!tree)
        return notFound(file, layers[file.layer].problem);
    const auto position = followPath(*tree, file.path);
    if (!position)
        return std::unexpected(position.error());
    const auto at = static_cast<size_t>(*position);
    const FileNode& node = tree->node(*position);
    if (node.kind != FileNode::Kind::File && node.kind != FileNode::Kind::HardLink) {
        return fail(Error::Code::InvalidInput, file.path,
                    node.kind == FileNode::Kind::Folder ? u"is a folder"_s : u"is a device or a pipe"_s);
    }
    const ContentPlace place =
        isMerged ? image.places[at] : image.layerPlaces[static_cast<size_t>(file.layer)][at];
    if (place.layer < 0)
        return notFound(file, u"is a link to %1, which is not there"_s.arg(node.linkTarget));
    return FoundFile{image.layers[place.layer], place.ordinal, node};
}

//! Where the bytes of a file go: to memory, up to a limit.
class MemoryReceiver
{
public:
    explicit MemoryReceiver(qint64 limit) : m_limit(std::max(limit, qint64(0))) { }

    Result<bool> take(const LayerContents::Piece& piece)
    {
        const qint64 begin = std::min(piece.offset, m_limit);
        if (m_bytes.size() < begin)
            m_bytes.append(begin - m_bytes.size(), '\0');
        m_bytes.append(piece.bytes.first(std::min(piece.bytes.size(), m_limit - begin)));
        return m_bytes.size() < m_limit;
    }
    [[nodiscard]] QByteArray take() { return std::move(m_bytes); }

private:
    const qint64 m_limit;
    QByteArray m_bytes;
};

//! To a file of this computer, which takes the place of another one at the end.
class FileReceiver
{
public:
    explicit FileReceiver(const QString& path) : m_file(path) { }

    Result<void> open()
    {
        if (QFileInfo(m_file.fileName()).isDir())
            return fail(Error::Code::InvalidInput, m_file.fileName(), u"a folder has this name"_s);
        errno = 0;
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return failure(u"cannot create");
        return {};
    }

    Result<bool> take(const LayerContents::Piece& piece)
    {
        errno = 0;
        // A hole in the layer is one here.
        if (piece.isEnd ? !m_file.resize(piece.offset)
                        : m_file.pos() != piece.offset && !m_file.seek(piece.offset))
            return failure(u"cannot write");
        for (qint64 done = 0; done < piece.bytes.size();) {
            const qint64 count = m_file.write(piece.bytes.data() + done, piece.bytes.size() - done);
            if (count <= 0)
                return failure(u"cannot write");
            done += count;
        }
        return true;
    }

    //! What is in an image is not trusted: never setuid, and nobody else may write it.
    Result<void> commit(quint32 mode)
    {
        QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner;
        if (mode & 0100)
            permissions |= QFile::ExeOwner;
        if (mode & 0040)
            permissions |= QFile::ReadGroup;
        if (mode & 0010)
            permissions |= QFile::ExeGroup;
        if (mode & 0004)
            permissions |= QFile::ReadOther;
        if (mode & 0001)
            permissions |= QFile::ExeOther;
        errno = 0;
        if (!m_file.setPermissions(permissions) || !m_file.commit())
            return failure(u"cannot write");
        return {};
    }

private:
    [[nodiscard]] std::unexpected<Error> failure(QStringView doing) const
    {
        if (const int number = errno; number != 0)
            return fail(Error::fromErrno(number, m_file.fileName(), doing));
        return fail(Error::Code::Io, m_file.fileName(), doing + u": "_s + m_file.errorString());
    }

    QSaveFile m_file;
};

Task<Result<FoundFile>> foundFile(FileListingsState state, FileInImage file, std::stop_token stop)
{
    auto listed = co_await sharedListing(state, file.image, true, {}, std::move(stop));
    if (!listed)
        co_return std::unexpected(std::move(listed.error()));
    auto found = findFile(**listed, file);
    co_return found;
}

Task<Result<void>> streamed(FileListingsState state, FoundFile file, LayerContents::Receiver receiver,
                            std::stop_token stop)
{
    auto opened = co_await openContents(state, file.layer, std::vector{file.ordinal}, std::move(receiver));
    if (!opened)
        co_return std::unexpected(std::move(opened.error()));
    auto done = co_await runContents(*opened, std::move(stop));
    co_return done;
}

Task<Result<void>> streamFile(FileListingsState state, FileInImage file, LayerContents::Receiver receiver,
                              std::stop_token stop)
{
    auto found = co_await foundFile(state, file, stop);
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    auto done = co_await streamed(state, *found, std::move(receiver), std::move(stop));
    co_return done;
}

Task<Result<QByteArray>> readFile(FileListingsState state, FileInImage file, qint64 limit,
                                  std::stop_token stop)
{
    const auto receiver = std::make_shared<MemoryReceiver>(limit);
    auto done = co_await streamFile(
        state, file, [receiver](const LayerContents::Piece& piece) { return receiver->take(piece); },
        std::move(stop));
    if (!done)
        co_return std::unexpected(std::move(done.error()));
    co_return Result<QByteArray>(receiver->take());
}

Task<Result<void>> saveFile(FileListingsState state, FileInImage file, QString toFile, std::stop_token stop)
{
    const auto found = co_await foundFile(state, file, stop);
    if (!found)
        co_return std::unexpected(found.error());
    const auto receiver = std::make_shared<FileReceiver>(toFile);
    auto opened = co_await onWorker([receiver] { return receiver->open(); });
    if (!opened)
        co_return opened;
    auto done = co_await streamed(
        state, *found, [receiver](const LayerContents::Piece& piece) { return receiver->take(piece); },
        std::move(stop));
    if (!done)
        co_return done;
    auto committed =
        co_await onWorker([receiver, mode = found->node.mode] { return receiver->commit(mode); });
    co_return committed;
}

} // namespace

Result<int> followPath(const FileTree& tree, const QString& path)
{
    QStringList left;
    pushPath(left, path);
    int at = 0;
    int links = 0;
    while (!left.isEmpty()) {
        const QString name = left.takeLast();
        if (name == "."_L1)
            continue;
        if (name == ".."_L1) {
            at = std::max(tree.node(at).parent, 0);
            continue;
        }
        const int child = tree.childNamed(at, name);
        if (child < 0)
            return fail(Error::Code::NotFound, path, u"the image has no such file"_s);
        const FileNode& node = tree.node(child);
        if (node.kind != FileNode::Kind::SymbolicLink) {
            at = child;
            continue;
        }
        if (++links > MostLinks)
            return fail(Error::Code::InvalidInput, path, u"links lead in a circle"_s);
        if (node.linkTarget.startsWith(u'/'))
            at = 0;
        pushPath(left, node.linkTarget);
    }
    return at;
}

Task<Result<std::shared_ptr<LayerContents>>> openContents(FileListingsState state, Descriptor layer,
                                                          std::vector<quint32> ordinals,
                                                          LayerContents::Receiver receiver)
{
    using Opened = Result<std::shared_ptr<LayerContents>>;
    auto opened =
        co_await onWorker([path = state->store->blobPath(layer.digest), ordinals = std::move(ordinals),
                           receiver = std::move(receiver)]() -> Opened {
            return LayerContents::open(path, ordinals, receiver);
        });
    co_return opened;
}

Task<Result<void>> runContents(std::shared_ptr<LayerContents> contents, std::stop_token stop)
{
    while (true) {
        if (stop.stop_requested())
            co_return cancelled(u"read a layer"_s);
        const auto isOver = co_await onWorker([contents] { return contents->step(FilePortion); });
        if (!isOver)
            co_return std::unexpected(isOver.error());
        if (*isOver)
            co_return Result<void>();
    }
}

Task<Result<void>> FileListings::stream(FileInImage file, LayerContents::Receiver receiver,
                                        std::stop_token stop)
{
    return streamFile(m_state, std::move(file), std::move(receiver), std::move(stop));
}

Task<Result<QByteArray>> FileListings::read(FileInImage file, qint64 limit, std::stop_token stop)
{
    return readFile(m_state, std::move(file), limit, std::move(stop));
}

Task<Result<void>> FileListings::save(FileInImage file, QString toFile, std::stop_token stop)
{
    return saveFile(m_state, std::move(file), std::move(toFile), std::move(stop));
}

} // namespace Tagboat
