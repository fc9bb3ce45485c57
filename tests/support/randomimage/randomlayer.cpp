// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/randomlayer.h"

#include "oci/mediatype.h"
#include "support/randomimage/filters.h"
#include "support/randomimage/randombytes.h"
#include "support/randomimage/tarwriter.h"

#include <QFile>
#include <QTemporaryFile>

namespace Tagboat::Testing {

using namespace Qt::StringLiterals;
using Compression = RandomImageOptions::Compression;

namespace {

constexpr qint64 ChunkSize = 256 * 1024;
constexpr qint64 LargestFile = qint64(1) << 30;

//! Takes bytes of unknown number: memory first, a file when they become many.
class BlobStore
{
public:
    BlobStore(qint64 memoryLimit, const std::function<QString()>& directory)
        : m_memoryLimit(memoryLimit), m_directory(directory)
    { }

    void write(QByteArrayView bytes)
    {
        m_hash.update(bytes);
        if (!m_file && m_memory.size() + bytes.size() <= m_memoryLimit) {
            m_memory += bytes;
            return;
        }
        if (!m_file) {
            m_file = std::make_unique<QTemporaryFile>(m_directory() + "/layer-XXXXXX"_L1);
            if (!m_file->open())
                qFatal("cannot create %s", qPrintable(m_file->fileTemplate()));
            put(m_memory);
            m_memory.clear();
        }
        put(bytes);
    }

    void finish(RandomBlob& blob)
    {
        blob.descriptor.size = m_hash.size();
        blob.descriptor.digest = m_hash.finish();
        if (!m_file) {
            blob.bytes = m_memory;
            return;
        }
        blob.path = m_directory() + u'/' + blob.descriptor.digest.hex();
        m_file->setAutoRemove(false);
        QFile::remove(blob.path); // the same layer of an image made before
        if (!m_file->rename(blob.path))
            qFatal("cannot write %s", qPrintable(blob.path));
    }

private:
    void put(QByteArrayView bytes)
    {
        if (m_file->write(bytes.data(), bytes.size()) != bytes.size())
            qFatal("cannot write %s: %s", qPrintable(m_file->fileName()), qPrintable(m_file->errorString()));
    }

    qint64 m_memoryLimit;
    const std::function<QString()>& m_directory;
    Sha256 m_hash;
    QByteArray m_memory;
    std::unique_ptr<QTemporaryFile> m_file;
};

QString mediaTypeOf(const LayerRecipe& recipe)
{
    const bool isOci = recipe.format == RandomImageOptions::Format::Oci;
    switch (recipe.compression) {
    case Compression::None:
        return isOci ? MediaType::OciLayer : MediaType::DockerLayer;
    case Compression::Gzip:
        return isOci ? MediaType::OciLayerGzip : MediaType::DockerLayerGzip;
    case Compression::Zstd:
        break;
    }
    return isOci ? MediaType::OciLayerZstd : "application/vnd.docker.image.rootfs.diff.tar.zstd"_L1;
}

std::unique_ptr<Filter> compressor(const LayerRecipe& recipe, BytesSink sink)
{
    const bool isLarge = recipe.size > 16 * 1024 * 1024;
    switch (recipe.compression) {
    case Compression::None:
        return copyFilter(std::move(sink));
    case Compression::Gzip: // storing noise costs a tenth of trying to compress it
        return gzipFilter(!isLarge ? 6 : recipe.isCompressible ? 1 : 0, std::move(sink));
    case Compression::Zstd:
        break;
    }
    return zstdFilter(isLarge ? 1 : 3, std::move(sink));
}

void writeContents(const LayerRecipe& recipe, RandomBytes& random, qint64 size, const TarWriter::Sink& sink)
{
    while (size > 0) {
        const qint64 chunk = qMin(size, ChunkSize);
        sink(recipe.isCompressible ? random.text(chunk) : random.noise(chunk));
        size -= chunk;
    }
}

void writeTar(const LayerRecipe& recipe, const TarWriter::Sink& sink)
{
    TarWriter tar(sink, 1'700'000'000 + recipe.number);
    RandomBytes random(recipe.seed);
    const QByteArray folder = "layer" + QByteArray::number(recipe.number) + '/';
    const auto small = [&](const QByteArray& name) {
        const QByteArray text = random.text(200);
        tar.file(name, text.size(), [&](const TarWriter::Sink& to) { to(text); });
    };

    if (recipe.size > 0) {
        tar.directory(folder);
        small(folder + "readme.txt");
        small(folder + "\xec\x9d\xb4\xeb\xa6\x84.txt"); // a Korean name
        small(folder + QByteArray(120, 'l') + ".txt");
        tar.symlink(folder + "link", "readme.txt");
        tar.hardlink(folder + "same", folder + "readme.txt");
        tar.directory("etc");
        small("etc/motd"); // in every layer, the uppermost counts
        if (recipe.number > 0)
            tar.file("layer" + QByteArray::number(recipe.number - 1) + "/.wh.readme.txt", 0,
                     [](const auto&) { });
    }
    qint64 left = recipe.size;
    for (int i = 0; left > 0; ++i) {
        const qint64 size =
            i == 3 && left <= LargestFile ? left : qMin(LargestFile, left / 2 + random.below(left / 2 + 1));
        const qint64 atLeastOne = qMax<qint64>(1, size);
        tar.file(folder + "data-" + QByteArray::number(i) + ".bin", atLeastOne,
                 [&](const TarWriter::Sink& to) { writeContents(recipe, random, atLeastOne, to); });
        left -= atLeastOne;
    }
    tar.finish();
}

} // namespace

RandomBlob randomLayer(const LayerRecipe& recipe, const std::function<QString()>& directory)
{
    BlobStore store(recipe.memoryLimit, directory);
    Sha256 plain;
    const auto filter = compressor(recipe, [&](QByteArrayView bytes) { store.write(bytes); });
    bool works = true;
    writeTar(recipe, [&](QByteArrayView bytes) {
        plain.update(bytes);
        works = filter->write(bytes) && works;
    });
    if (!filter->finish() || !works)
        qFatal("cannot compress");

    RandomBlob blob;
    blob.descriptor.mediaType = mediaTypeOf(recipe);
    blob.tarSize = plain.size();
    blob.diffId = plain.finish();
    store.finish(blob);
    return blob;
}

} // namespace Tagboat::Testing
