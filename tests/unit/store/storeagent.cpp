// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Another process that works on a store, for the tests to race with, to kill, to starve of disk. It prints
// one line for each thing that the test waits for; errors as "error CODE SUBJECT".

#include "samples.h"

#include "base/stoppablesleep.h"
#include "oci/mediatype.h"
#include "store/storelock.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTextStream>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

namespace {

using StorePtr = std::shared_ptr<ImageStore>;

void say(const QString& line)
{
    QTextStream(stdout) << line << Qt::endl;
}

int sayError(const Error& error)
{
    say(u"error %1 %2"_s.arg(toString(error.code), error.subject));
    QTextStream(stderr) << error.toString() << Qt::endl;
    return 1;
}

template<typename T>
int sayResult(const Result<T>& result)
{
    if (!result)
        return sayError(result.error());
    say(u"ok"_s);
    return 0;
}

void waitForStdin()
{
    while (std::getchar() != EOF) { }
}

//! Half of the bytes, then a line, then nothing until somebody kills us.
class HangingSource : public ByteSource
{
public:
    explicit HangingSource(QByteArray bytes) : m_bytes(std::move(bytes)) { }
    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        const QByteArray piece = m_bytes.first(std::min<qsizetype>(maxSize, m_bytes.size()));
        m_bytes.slice(piece.size());
        return next(piece, std::move(stop));
    }
    [[nodiscard]] qint64 size() const override { return -1; }

private:
    static Task<Result<QByteArray>> next(QByteArray piece, std::stop_token stop)
    {
        if (!piece.isEmpty())
            co_return Result<QByteArray>(std::move(piece));
        say(u"writing"_s);
        auto slept = co_await sleepFor(std::chrono::hours(1), std::move(stop));
        Q_UNUSED(slept)
        co_return QByteArray();
    }
    QByteArray m_bytes;
};

Task<Result<ByteSourcePtr>> openHanging(QByteArray bytes)
{
    co_return ByteSourcePtr(std::make_shared<HangingSource>(std::move(bytes)));
}

int begin(const StorePtr& store, qint64 size)
{
    const Blob blob = layerOf("never finished", size);
    const auto writer = store->writer();
    const SourceFactory open = [&](qint64, std::stop_token) {
        return openHanging(blob.bytes.first(size / 2));
    };
    return sayResult(QCoro::waitFor(writer->pushBlob(blob.descriptor, open, {}, {})));
}

//! A file behind a slow line; every piece that is read leaves a byte in \a meter, whatever becomes of us.
class SlowSource : public ByteSource
{
public:
    SlowSource(const QString& path, const QString& meter, qint64 offset)
        : m_file(std::make_shared<QFile>(path)), m_meter(std::make_shared<QFile>(meter))
    {
        if (!m_file->open(QIODevice::ReadOnly) || !m_file->seek(offset)
            || !m_meter->open(QIODevice::Append | QIODevice::Unbuffered))
            qFatal("cannot open %s or %s", qPrintable(path), qPrintable(meter));
    }
    Task<Result<QByteArray>> read(qint64, std::stop_token stop) override
    {
        return next(m_file, m_meter, std::move(stop));
    }
    [[nodiscard]] qint64 size() const override { return -1; }

private:
    static Task<Result<QByteArray>> next(std::shared_ptr<QFile> file, std::shared_ptr<QFile> meter,
                                         std::stop_token stop)
    {
        auto slept = co_await sleepFor(std::chrono::milliseconds(1), std::move(stop));
        if (!slept)
            co_return std::unexpected(std::move(slept.error()));
        QByteArray piece = file->read(SlowPiece);
        if (!piece.isEmpty())
            meter->write("x");
        co_return Result<QByteArray>(std::move(piece));
    }
    std::shared_ptr<QFile> m_file;
    std::shared_ptr<QFile> m_meter;
};

Task<Result<ByteSourcePtr>> openSlow(QString path, QString meter, qint64 offset)
{
    say(u"from %1"_s.arg(offset));
    co_return ByteSourcePtr(std::make_shared<SlowSource>(path, meter, offset));
}

//! Receives the bytes of a file under their digest, slowly.
int receive(const StorePtr& store, const QString& path, const QString& digest, const QString& meter)
{
    Descriptor blob;
    blob.mediaType = MediaType::OciLayer;
    blob.digest = Digest::parse(digest).value();
    blob.size = QFileInfo(path).size();
    const SourceFactory open = [&](qint64 offset, std::stop_token) { return openSlow(path, meter, offset); };
    const auto writer = store->writer();
    return sayResult(QCoro::waitFor(writer->pushBlob(blob, open, {}, {})));
}

int hold(const StorePtr& store, const QString& digest)
{
    Descriptor blob;
    blob.digest = Digest::parse(digest).value();
    const auto writer = store->writer();
    const auto presence = QCoro::waitFor(writer->blobPresence(blob, {}));
    if (!presence)
        return sayError(presence.error());
    say(*presence == Presence::Present ? u"present"_s : u"absent"_s);
    waitForStdin();
    return 0;
}

//! Moves a name to and fro until somebody kills us.
int retag(const StorePtr& store, const QString& one, const QString& two)
{
    const auto first = store->resolve(one);
    const auto second = store->resolve(two);
    if (!first || !second)
        return sayError(first ? second.error() : first.error());
    for (int i = 0;; ++i) {
        const auto set = store->setNames(i % 2 == 0 ? *first : *second, {u"moving:%1"_s.arg(i % 7)});
        if (!set)
            return sayError(set.error());
        if (i == 0)
            say(u"started"_s);
    }
}

//! Pushes, names, renames, removes and sweeps at random, beside others that do the same.
int churn(const StorePtr& store, quint32 seed, int steps)
{
    std::mt19937 random(seed);
    const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<quint32>(bound)); };
    for (int step = 0; step < steps; ++step) {
        // Layers of few seeds, so that all processes hold, find and sweep the same ones.
        const QString name = u"churn%1:%2"_s.arg(seed).arg(below(4));
        const QList<Blob> layers = {layerOf("shared " + QByteArray::number(below(3)), 2000),
                                    layerOf("layer " + QByteArray::number(below(6)), 3000)};
        const Image image = imageOf(layers, u"amd64"_s, 2000 + below(20));
        switch (below(5)) {
        case 0:
        case 1: {
            const auto pushed = pushImage(store, image, {name});
            if (!pushed)
                return sayError(pushed.error());
            const auto report = store->verify(name, {});
            if (!report)
                return sayError(report.error());
            if (!report->problems.isEmpty())
                return sayError(report->problems.first().error);
            break;
        }
        case 2: {
            const auto removed = store->removeNames({name});
            if (!removed && removed.error().code != Error::Code::NotFound)
                return sayError(removed.error());
            break;
        }
        case 3: {
            const auto swept = store->collectGarbage(false, true, std::chrono::seconds(0));
            if (!swept)
                return sayError(swept.error());
            break;
        }
        default: {
            const auto target = store->resolve(name);
            const auto set = target ? store->setNames(*target, {u"other%1:%2"_s.arg(seed).arg(below(3))})
                                    : Result<QMap<QString, Descriptor>>();
            // Between the two lines somebody else may have swept it away.
            if (!set && set.error().code != Error::Code::NotFound)
                return sayError(set.error());
        }
        }
    }
    say(u"ok"_s);
    return 0;
}

//! On a disk of two megabytes: what too large a blob, stream and manifest leave behind, and whether removing
//! helps.
int fill(const StorePtr& store)
{
    auto writer = store->writer();
    const Blob large = layerOf("large", 3 * 1024 * 1024);
    sayResult(pushBlob(writer, large));
    const auto unsized = std::make_shared<HangingSource>(large.bytes);
    sayResult(QCoro::waitFor(writer->pushStream(StreamedBlob::once(MediaType::OciLayer, unsized), {}, {})));
    say(u"unfinished %1 blobs %2"_s.arg(unfinishedIn(store->directory()).size())
            .arg(bytesOfBlobs(store->directory())));

    const Image image = imageOf({layerOf("fits", 1024 * 1024)}, u"amd64"_s);
    sayResult(pushImage(writer, image, {u"fits"_s}));
    writer.reset();
    // Fill what is left to the last byte, as other programs do.
    QFile filler(store->directory() + u"/filler"_s);
    if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return 1;
    while (filler.write(QByteArray(4096, 'x')) > 0) { }
    while (filler.write("x", 1) > 0) { }
    const QByteArray index = contentOf(store->directory() + u"/index.json"_s);
    sayResult(store->setNames(image.manifest.descriptor, {u"another:name"_s}));
    say(contentOf(store->directory() + u"/index.json"_s) == index ? u"untouched"_s : u"changed"_s);
    sayResult(store->removeImages({image.config.digest()}));
    say(u"unfinished %1 blobs %2"_s.arg(unfinishedIn(store->directory()).size())
            .arg(bytesOfBlobs(store->directory())));
    return 0;
}

int lock(const QString& directory, StoreLock::Kind kind)
{
    const auto held = StoreLock::acquire(LayoutFiles(directory), kind);
    if (!held)
        return sayError(held.error());
    say(u"locked"_s);
    waitForStdin();
    return 0;
}

int sweep(const StorePtr& store)
{
    const auto report = store->collectGarbage(false, true, std::chrono::seconds(0));
    if (!report)
        return sayError(report.error());
    say(u"swept %1"_s.arg(report->bytes));
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments().sliced(1);
    const QString& command = arguments.at(0);
    const QString& directory = arguments.at(1);
    if (command == "lock"_L1)
        return lock(directory, StoreLock::Kind::Exclusive);
    if (command == "share"_L1)
        return lock(directory, StoreLock::Kind::Shared);
    const auto store = ImageStore::open(directory);
    if (!store)
        return sayError(store.error());
    if (command == "open"_L1)
        return sayResult((*store)->snapshot());
    if (command == "push"_L1)
        return sayResult(
            pushImage(*store, imageOf({layerOf("pushed", 5000)}, u"amd64"_s), {arguments.at(2)}));
    if (command == "name"_L1)
        return sayResult((*store)->resolve(arguments.at(2)).and_then([&](const Descriptor& target) {
            return (*store)->setNames(target, {arguments.at(3)});
        }));
    if (command == "begin"_L1)
        return begin(*store, arguments.at(2).toLongLong());
    if (command == "receive"_L1)
        return receive(*store, arguments.at(2), arguments.at(3), arguments.at(4));
    if (command == "hold"_L1)
        return hold(*store, arguments.at(2));
    if (command == "retag"_L1)
        return retag(*store, arguments.at(2), arguments.at(3));
    if (command == "churn"_L1)
        return churn(*store, arguments.at(2).toUInt(), arguments.at(3).toInt());
    if (command == "fill"_L1)
        return fill(*store);
    if (command == "sweep"_L1)
        return sweep(*store);
    return 2;
}
