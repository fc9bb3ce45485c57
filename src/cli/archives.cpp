// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/figures.h"
#include "cli/jobs.h"
#include "cli/jsonvalues.h"
#include "cli/packing.h"
#include "cli/places.h"

#include "base/worker.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Imported
{
    QString file;
    QList<ArchivedImage> images;
};

//! What the archive holds is known beforehand from its headers; the job brings it in and is kept in the
//! history.
Task<Result<Imported>> importOne(ContextPtr context, QString file, QStringList names,
                                 std::optional<LayerCompression> compression, std::stop_token stop)
{
    Imported imported;
    imported.file = file;
    auto contents = co_await inspectArchive(file, stop);
    if (!contents)
        co_return std::unexpected(std::move(contents.error()));
    imported.images = contents->images;
    if (!names.isEmpty()) {
        if (imported.images.size() != 1)
            co_return fail(
                Error::Code::InvalidInput, file,
                u"--name fits an archive with one image; this one has %1"_s.arg(imported.images.size()));
        imported.images.first().names = names;
    }
    const auto id = context->session->import({file, names, compression});
    if (!id)
        co_return std::unexpected(id.error());
    const auto job = co_await endOfJob(context, *id, stop);
    if (!job)
        co_return std::unexpected(job.error());
    co_return Result<Imported>(std::move(imported));
}

QJsonObject jsonOf(const ArchivedImage& image)
{
    return {{"id"_L1, jsonOf(image.id)},
            {"names"_L1, QJsonArray::fromStringList(image.names)},
            {"platform"_L1, image.platform.toString()}};
}

Task<Result<int>> import(ContextPtr context, std::stop_token stop)
{
    QStringList names;
    const QStringList wanted = context->arguments.values("name"_L1);
    for (const QString& text : wanted) {
        const auto reference = Reference::parse(text);
        if (!reference)
            co_return std::unexpected(reference.error());
        names.append(reference->canonical());
    }
    const auto compression = askedCompression(context->arguments);
    if (!compression)
        co_return std::unexpected(compression.error());
    QJsonArray images;
    QJsonArray failures;
    const QStringList files = context->arguments.operands();
    for (qsizetype i = 0; i < files.size(); ++i) {
        const QString file = QDir::current().absoluteFilePath(files.at(i));
        const auto imported = co_await importOne(context, file, names, *compression, stop);
        if (!imported) {
            // The other files have nothing to do with it.
            if (imported.error().code == Error::Code::Cancelled || files.size() == 1)
                co_return std::unexpected(imported.error());
            failures.append(QJsonObject{{"file"_L1, file}, {"error"_L1, jsonOf(imported.error())}});
            if (failures.size() == files.size()) {
                // None came in: the last error is how the command ends.
                context->output->event("failures"_L1, {{"failures"_L1, failures}});
                co_return std::unexpected(imported.error());
            }
            context->output->error(imported.error(), false);
            continue;
        }
        for (const ArchivedImage& image : imported->images) {
            images.append(jsonOf(image));
            QStringList familiar;
            for (const QString& name : image.names) {
                const auto reference = Reference::parse(name);
                familiar.append(reference ? reference->familiar() : name);
            }
            context->output->line(u"Imported %1 as %2."_s.arg(
                image.id.shortHex(),
                familiar.isEmpty() ? u"an image without a name"_s : familiar.join(u", "_s)));
        }
    }
    context->output->result(
        "import"_L1, {{"images"_L1, images}, {"partly"_L1, !failures.isEmpty()}, {"failures"_L1, failures}});
    co_return failures.isEmpty() ? Exit::Done : Exit::Partly;
}

//! `oci-archive:FILE`, `docker-archive:FILE`, or a plain file name with --format.
Result<Place> archivePlace(const Arguments& arguments)
{
    const QString text = arguments.operands().constLast();
    const QString format = arguments.value("format"_L1);
    if (!format.isEmpty() && format != "docker"_L1 && format != "oci"_L1)
        return fail(Error::Code::InvalidInput, format, u"a format is docker or oci"_s);
    if (text.startsWith("oci-archive:"_L1) || text.startsWith("docker-archive:"_L1)) {
        auto place = Place::parse(text);
        if (place && !format.isEmpty())
            return fail(Error::Code::InvalidInput, text, u"the format is said twice"_s);
        return place;
    }
    Place place;
    place.kind = format == "oci"_L1 ? Place::Kind::OciArchive : Place::Kind::DockerArchive;
    place.path = QDir::current().absoluteFilePath(text);
    return place;
}

Result<QList<ExportItem>> exportItems(const ImageStore& store, const QStringList& names)
{
    QList<ExportItem> items;
    for (const QString& name : names) {
        const auto target = store.resolve(name);
        if (!target)
            return std::unexpected(target.error());
        const auto image = store.image(name);
        if (!image)
            return std::unexpected(image.error());
        if (target->digest != image->target.digest) {
            // One platform of an index; the names are the whole's.
            items.append({*target, {}});
            continue;
        }
        // Asked for by a name: that one. By an ID: all its names.
        const auto reference = Reference::parse(name);
        QStringList carried = image->names;
        if (reference && carried.contains(reference->canonical()))
            carried = {reference->canonical()};
        else if (carried.contains(name))
            carried = {name};
        items.append({image->target, carried});
    }
    return items;
}

Task<Result<int>> exportImages(ContextPtr context, std::stop_token stop)
{
    const auto place = archivePlace(context->arguments);
    if (!place)
        co_return std::unexpected(place.error());
    ExportRequest request;
    request.file = place->path;
    request.format =
        place->kind == Place::Kind::OciArchive ? ArchiveFormat::OciArchive : ArchiveFormat::DockerArchive;
    if (context->arguments.has("compress"_L1)) {
        const auto compression = parseOuterCompression(context->arguments.value("compress"_L1));
        if (!compression)
            co_return std::unexpected(compression.error());
        request.compression = *compression;
    }
    if (context->arguments.has("platform"_L1)) {
        const auto platform = Platform::parse(context->arguments.value("platform"_L1));
        if (!platform)
            co_return std::unexpected(platform.error());
        request.platform = *platform;
    }
    QStringList names = context->arguments.operands();
    names.removeLast();
    auto items =
        co_await onWorker([store = context->session->store(), names] { return exportItems(*store, names); });
    if (!items)
        co_return std::unexpected(std::move(items.error()));
    request.items = std::move(*items);
    const auto id = context->session->exportImages(request);
    if (!id)
        co_return std::unexpected(id.error());
    const auto job = co_await endOfJob(context, *id, stop);
    if (!job)
        co_return std::unexpected(job.error());

    const qint64 size = QFileInfo(request.file).size();
    context->output->line(u"Wrote %1, %2."_s.arg(request.file, bytesText(size)));
    context->output->result("export"_L1, {{"file"_L1, request.file}, {"size"_L1, size}});
    co_return Exit::Done;
}

} // namespace

QList<Command> archiveCommands()
{
    return {
        {.name = "import"_L1,
         .operands = "FILE..."_L1,
         .least = 1,
         .most = -1,
         .summary =
             "bring in the images of docker save and OCI archives, and of folders with an OCI layout"_L1,
         .options = QList<OptionSpec>{{"name"_L1, 0, "REF"_L1,
                                       "name for the image, in place of the archive's own"_L1}}
             + packingOptions(),
         .run = import},
        {.name = "export"_L1,
         .operands = "REF... FILE"_L1,
         .least = 2,
         .most = -1,
         .summary = "write one or many images into an archive; .gz, .zst and .xz compress"_L1,
         .options = {{"format"_L1, 0, "docker|oci"_L1, "docker save (default) or an OCI archive"_L1},
                     {"compress"_L1, 0, "none|gzip|zstd|xz"_L1,
                      "the whole archive, whatever its name ends in"_L1},
                     {"platform"_L1, 0, "OS/ARCH[/V]"_L1, "only this one of several"_L1}},
         .run = exportImages},
    };
}

} // namespace Tagboat
