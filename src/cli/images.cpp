// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/figures.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"

#include "base/worker.h"
#include "oci/referenceglob.h"
#include "oci/tagversion.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString familiar(const QString& stored)
{
    const auto reference = Reference::parse(stored);
    return reference ? reference->familiar() : stored;
}

QString platformsText(const StoredImage& image)
{
    QStringList names;
    for (const StoredPlatform& platform : image.platforms)
        names.append(platform.platform.toString());
    names.removeAll(QString());
    if (names.size() > 3)
        return u"%1 and %2 more"_s.arg(names.sliced(0, 2).join(u", "_s)).arg(names.size() - 2);
    return names.join(u", "_s);
}

//! `reference=GLOB`, the only filter so far; more of them narrow further.
Result<QStringList> globsOf(const Arguments& arguments)
{
    QStringList globs;
    const QStringList filters = arguments.values("filter"_L1);
    for (const QString& filter : filters) {
        if (filter.section(u'=', 0, 0) != "reference"_L1 || !filter.contains(u'='))
            return fail(Error::Code::InvalidInput, filter, u"a filter is reference=GLOB"_s);
        globs.append(filter.section(u'=', 1));
    }
    return globs;
}

bool isWanted(const QString& name, const QStringList& globs)
{
    return std::all_of(globs.cbegin(), globs.cend(),
                       [&](const QString& glob) { return matchesReference(glob, familiar(name)); });
}

Task<Result<int>> images(ContextPtr context, std::stop_token)
{
    const auto globs = globsOf(context->arguments);
    if (!globs)
        co_return std::unexpected(globs.error());
    const auto snapshot =
        co_await onWorker([store = context->session->store()] { return store->snapshot(); });
    if (!snapshot)
        co_return std::unexpected(snapshot.error());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Table table({u"NAME"_s, u"IMAGE ID"_s, u"PLATFORM"_s, u"CREATED"_s, u"SIZE"_s});
    QJsonArray array;
    for (StoredImage image : snapshot->images) {
        image.names.removeIf([&](const QString& name) { return !isWanted(name, *globs); });
        if (image.names.isEmpty() && !globs->isEmpty())
            continue;
        if (context->output->isJson()) {
            array.append(jsonOf(image));
            continue;
        }
        const QStringList names = image.names.isEmpty() ? QStringList{u"<untagged>"_s} : image.names;
        for (const QString& name : names)
            table.add({familiar(name), image.id.shortHex(), platformsText(image), ageText(image.created, now),
                       bytesText(image.size)});
    }
    if (!table.isEmpty())
        context->output->text(table.toString());
    else if (globs->isEmpty() && array.isEmpty())
        context->output->note(
            u"No images yet. Get one with: tagboat-cli pull REF, or: tagboat-cli import FILE"_s);
    for (const QString& warning : snapshot->warnings)
        context->output->note(warning);
    context->output->result("images"_L1, {{"images"_L1, array}, {"usage"_L1, jsonOf(snapshot->usage)}});
    co_return Exit::Done;
}

QJsonValue parsed(const Result<QByteArray>& bytes)
{
    return bytes ? QJsonValue(QJsonDocument::fromJson(*bytes).object()) : QJsonValue(QJsonValue::Null);
}

//! An image with its manifests and configs, read on a worker.
Result<QJsonObject> inspected(const ImageStore& store, const QString& name)
{
    const auto image = store.image(name);
    if (!image)
        return std::unexpected(image.error());
    QJsonObject object = jsonOf(*image);
    object.insert("document"_L1, parsed(store.readBlob(image->target)));
    QJsonArray configs;
    for (const StoredPlatform& platform : image->platforms) {
        const auto bytes = store.readBlob(platform.manifest);
        if (!bytes)
            continue;
        const auto manifest = Manifest::parse(*bytes, platform.manifest.mediaType, name);
        if (!manifest)
            continue;
        configs.append(QJsonObject{{"platform"_L1, platform.platform.toString()},
                                   {"manifest"_L1, parsed(bytes)},
                                   {"config"_L1, parsed(store.readBlob(manifest->config()))}});
    }
    object.insert("contents"_L1, configs);
    return object;
}

Task<Result<int>> inspect(ContextPtr context, std::stop_token)
{
    const auto object =
        co_await onWorker([store = context->session->store(), name = context->arguments.operand(0)] {
            return inspected(*store, name);
        });
    if (!object)
        co_return std::unexpected(object.error());
    context->output->text(QString::fromUtf8(QJsonDocument(*object).toJson()));
    context->output->result("inspect"_L1, *object);
    co_return Exit::Done;
}

//! Tags of the repository that images here have.
QStringList tagsOf(const QList<StoredImage>& images, const Reference& repository)
{
    QStringList tags;
    for (const StoredImage& image : images) {
        for (const QString& name : image.names) {
            const auto reference = Reference::parse(name);
            if (reference && reference->registry() == repository.registry()
                && reference->repository() == repository.repository())
                tags.append(reference->tag());
        }
    }
    return tags;
}

Task<Result<int>> tag(ContextPtr context, std::stop_token)
{
    const QString source = context->arguments.operand(0);
    QStringList names;
    QList<StoredImage> images; // whose versions a cascade is to be seen beside
    if (context->arguments.has("cascade"_L1)) {
        auto snapshot = co_await onWorker([store = context->session->store()] { return store->snapshot(); });
        if (!snapshot)
            co_return std::unexpected(std::move(snapshot.error()));
        images = std::move(snapshot->images);
    }
    const QStringList wanted = context->arguments.operands().sliced(1);
    for (const QString& text : wanted) {
        const auto reference = Reference::parse(text);
        if (!reference)
            co_return std::unexpected(reference.error());
        if (!reference->digest().isNull())
            co_return fail(Error::Code::InvalidInput, text, u"a digest is no name that can be given"_s);
        names.append(reference->canonical());
        const auto version = TagVersion::parse(reference->tag());
        if (!context->arguments.has("cascade"_L1) || !version)
            continue;
        const QStringList shorter = version->cascadeAmong(tagsOf(images, *reference));
        for (const QString& other : shorter) {
            if (const auto also = reference->withTag(other))
                names.append(also->canonical());
        }
    }
    names.removeDuplicates();
    const std::shared_ptr<ImageStore> store = context->session->store();
    const auto target = co_await onWorker([store, source] { return store->resolve(source); });
    if (!target)
        co_return std::unexpected(target.error());
    const auto before =
        co_await onWorker([store, target = *target, names] { return store->setNames(target, names); });
    if (!before)
        co_return std::unexpected(before.error());

    QJsonArray array;
    for (const QString& name : std::as_const(names)) {
        QJsonObject entry{{"name"_L1, name}};
        const auto previous = before->constFind(name);
        const bool moved = previous != before->cend() && previous->digest != target->digest;
        if (moved)
            entry.insert("previous"_L1, previous->digest.toString());
        array.append(entry);
        context->output->line(moved ? u"%1 (was %2)"_s.arg(familiar(name), previous->digest.shortHex())
                                    : familiar(name));
    }
    context->output->result("tag"_L1, {{"digest"_L1, target->digest.toString()}, {"names"_L1, array}});
    co_return Exit::Done;
}

//! What a `rm` is about: names as they are stored, images by root digest.
struct Removal
{
    QStringList names;
    QList<Digest> targets;
};

QString familiarNames(const QStringList& names)
{
    QStringList texts;
    for (const QString& name : names)
        texts.append(familiar(name));
    return texts.join(u", "_s);
}

Result<Removal> removalOf(const ImageStore& store, const QStringList& operands, bool isForced)
{
    Removal removal;
    for (const QString& operand : operands) {
        const auto target = store.resolve(operand);
        if (!target)
            return std::unexpected(target.error());
        const auto image = store.image(operand);
        if (!image)
            return std::unexpected(image.error());
        if (target->digest != image->target.digest) {
            const QString whole =
                image->names.isEmpty() ? image->target.digest.toString() : familiarNames(image->names);
            return fail(Error::Code::InvalidInput, operand,
                        u"is one platform of %1, which can only be removed as a whole"_s.arg(whole));
        }
        const auto reference = Reference::parse(operand);
        if (image->names.contains(operand)) {
            removal.names.append(operand);
        } else if (reference && image->names.contains(reference->canonical())) {
            removal.names.append(reference->canonical());
        } else if (image->names.size() > 1 && !isForced) {
            return fail(Error::Code::Conflict, operand,
                        u"the image has several names (%1); remove those, or all with --force"_s.arg(
                            familiarNames(image->names)));
        } else {
            removal.targets.append(image->target.digest);
        }
    }
    removal.names.removeDuplicates();
    return removal;
}

//! Removes names, and images that are left without one.
Result<RemovalPlan> removeNow(ImageStore& store, const Removal& removal, bool planOnly)
{
    auto plan = store.planRemoval(removal.names, removal.targets);
    if (!plan || planOnly)
        return plan;
    if (!plan->targets.isEmpty()) {
        const auto report = store.removeImages(plan->targets);
        if (!report)
            return std::unexpected(report.error());
        plan->bytesFreed = report->bytes;
    }
    // Names of images that stay, because they have others.
    QStringList left;
    for (const QString& name : removal.names) {
        if (store.resolve(name))
            left.append(name);
    }
    if (left.isEmpty())
        return plan;
    const auto done = store.removeNames(left);
    if (!done)
        return std::unexpected(done.error());
    return plan;
}

Task<Result<int>> remove(ContextPtr context, std::stop_token)
{
    const std::shared_ptr<ImageStore> store = context->session->store();
    const QStringList operands = context->arguments.operands();
    const bool isForced = context->arguments.has("force"_L1);
    const bool planOnly = context->arguments.has("plan"_L1);
    const auto removal =
        co_await onWorker([store, operands, isForced] { return removalOf(*store, operands, isForced); });
    if (!removal)
        co_return std::unexpected(removal.error());
    const auto plan = co_await onWorker(
        [store, removal = *removal, planOnly] { return removeNow(*store, removal, planOnly); });
    if (!plan)
        co_return std::unexpected(plan.error());

    QJsonArray images;
    for (const QString& name : plan->names)
        context->output->line((planOnly ? u"would go: "_s : u"removed: "_s) + familiar(name));
    for (const Digest& id : plan->images) {
        images.append(id.toString());
        context->output->line((planOnly ? u"would go: "_s : u"removed: "_s) + u"image "_s + id.shortHex());
    }
    if (plan->images.isEmpty() && !plan->keptNames.isEmpty()) {
        context->output->note(u"Still held by: "_s + familiarNames(plan->keptNames));
    } else {
        context->output->line(bytesText(plan->bytesFreed)
                              + (planOnly ? u" would come free"_s : u" came free"_s));
    }
    context->output->result("rm"_L1,
                            {{"plan"_L1, planOnly},
                             {"names"_L1, QJsonArray::fromStringList(plan->names)},
                             {"images"_L1, images},
                             {"keptNames"_L1, QJsonArray::fromStringList(plan->keptNames)},
                             {"bytesFreed"_L1, plan->bytesFreed}});
    co_return Exit::Done;
}

} // namespace

QList<Command> imageCommands()
{
    return {
        {.name = "images"_L1,
         .summary = "list the images that are here"_L1,
         .options = {{"filter"_L1, 'f', "reference=GLOB"_L1,
                      "only names that match, as docker image ls has it"_L1}},
         .run = images},
        {.name = "inspect"_L1,
         .operands = "REF"_L1,
         .least = 1,
         .most = 1,
         .summary = "show all of an image that is here, as JSON"_L1,
         .run = inspect},
        {.name = "tag"_L1,
         .operands = "REF NEW..."_L1,
         .least = 2,
         .most = -1,
         .summary = "give an image further names"_L1,
         .options = {{"cascade"_L1,
                      0,
                      {},
                      "2.1.106 also as 2.1, 2 and latest, where no higher version has them"_L1}},
         .run = tag},
        {.name = "rm"_L1,
         .operands = "REF|ID..."_L1,
         .least = 1,
         .most = -1,
         .summary = "remove names, and images that have none left"_L1,
         .options = {{"force"_L1, 0, {}, "an image by its ID with all its names"_L1},
                     {"plan"_L1, 0, {}, "only show what would go"_L1}},
         .run = remove},
    };
}

} // namespace Tagboat
