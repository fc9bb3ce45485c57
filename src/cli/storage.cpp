// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/errortext.h"
#include "cli/figures.h"
#include "cli/gc.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"

#include "base/worker.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Task<Result<int>> diskUsage(ContextPtr context, std::stop_token)
{
    const auto snapshot =
        co_await onWorker([store = context->session->store()] { return store->snapshot(); });
    if (!snapshot)
        co_return std::unexpected(snapshot.error());
    const DiskUsage& usage = snapshot->usage;
    Table summary(
        {u"IMAGES"_s, u"NAMES"_s, u"ON DISK"_s, u"UNIQUE"_s, u"SHARED"_s, u"SAVED"_s, u"RECLAIMABLE"_s});
    summary.add({QString::number(usage.images), QString::number(usage.names), bytesText(usage.total),
                 bytesText(usage.unique), bytesText(usage.shared), bytesText(usage.saved),
                 bytesText(usage.reclaimable)});
    context->output->text(summary.toString());
    if (usage.unfinished > 0) {
        context->output->text(
            u"%1 of downloads that broke off are kept; the next pull goes on with them. \"gc --unfinished\" lets them go.\n"_s
                .arg(bytesText(usage.unfinished)));
    }

    QJsonArray array;
    Table details({u"IMAGE ID"_s, u"NAMES"_s, u"SIZE"_s, u"UNIQUE"_s, u"SHARED"_s});
    for (const StoredImage& image : snapshot->images) {
        QStringList names;
        for (const QString& name : image.names) {
            const auto reference = Reference::parse(name);
            names.append(reference ? reference->familiar() : name);
        }
        details.add({image.id.shortHex(), names.isEmpty() ? u"<untagged>"_s : names.join(u", "_s),
                     bytesText(image.size), bytesText(image.unique), bytesText(image.shared)});
        array.append(QJsonObject{{"id"_L1, image.id.toString()},
                                 {"names"_L1, QJsonArray::fromStringList(image.names)},
                                 {"size"_L1, image.size},
                                 {"unique"_L1, image.unique},
                                 {"shared"_L1, image.shared}});
    }
    if (context->isVerbose && !details.isEmpty())
        context->output->text(u'\n' + details.toString());
    QJsonObject members = jsonOf(usage);
    members.insert("perImage"_L1, array);
    context->output->result("df"_L1, members);
    co_return Exit::Done;
}

//! What `verify` saw, and did.
struct Verified
{
    VerifyReport report;
    QHash<Digest, QString> labels; //!< of the images with problems, by root digest
    GarbageReport removed;
};

Result<Verified> verified(ImageStore& store, const QString& name, bool repairs, const std::stop_token& stop)
{
    Verified verified;
    auto report = store.verify(name, stop);
    if (!report)
        return std::unexpected(std::move(report.error()));
    verified.report = std::move(*report);
    for (VerifyReport::Problem& problem : verified.report.problems)
        problem.error.operation = repairs ? RepairOperation : VerifyOperation;
    if (verified.report.problems.isEmpty())
        return verified;
    const auto snapshot = store.snapshot();
    if (!snapshot)
        return std::unexpected(snapshot.error());
    for (const StoredImage& image : snapshot->images) {
        QStringList names;
        for (const QString& stored : image.names) {
            const auto reference = Reference::parse(stored);
            names.append(reference ? reference->familiar() : stored);
        }
        verified.labels.insert(image.target.digest,
                               names.isEmpty() ? image.id.shortHex() : names.join(u", "_s));
    }
    if (!repairs)
        return verified;
    QList<Digest> damaged;
    for (const VerifyReport::Problem& problem : verified.report.problems) {
        if (problem.error.code == Error::Code::DigestMismatch)
            damaged.append(problem.digest);
    }
    auto removed = store.removeDamaged(damaged, stop);
    if (!removed)
        return std::unexpected(std::move(removed.error()));
    verified.removed = std::move(*removed);
    return verified;
}

QStringList labelsOf(const Verified& verified, const QList<Digest>& images)
{
    QStringList labels;
    for (const Digest& image : images)
        labels.append(verified.labels.value(image, image.shortHex()));
    labels.removeDuplicates();
    return labels;
}

QString partOf(const QStringList& images)
{
    return images.isEmpty() ? QString() : u" Part of: "_s + images.join(u", "_s);
}

//! What the command ends with where blobs are wrong and stay so.
Error endingOf(const VerifyReport& report)
{
    Error error = report.problems.first().error;
    error.subject = report.problems.first().digest.toString();
    error.message =
        u"%1; damaged or missing: %2 of %3"_s.arg(error.message, QString::number(report.problems.size()),
                                                  countText(report.blobs + report.problems.size(), u"blob"));
    return error;
}

Task<Result<int>> verify(ContextPtr context, std::stop_token stop)
{
    const bool repairs = context->arguments.has("repair"_L1);
    const auto done =
        co_await onWorker([store = context->session->store(), name = context->arguments.operand(0), repairs,
                           stop] { return verified(*store, name, repairs, stop); });
    if (!done)
        co_return std::unexpected(done.error());
    const VerifyReport& report = done->report;
    QJsonArray problems;
    QList<Digest> images;
    qsizetype missing = 0;
    for (const VerifyReport::Problem& problem : report.problems) {
        const QStringList labels = labelsOf(*done, problem.images);
        problems.append(QJsonObject{{"digest"_L1, problem.digest.toString()},
                                    {"error"_L1, jsonOf(problem.error)},
                                    {"images"_L1, QJsonArray::fromStringList(labels)}});
        if (!context->output->isJson())
            context->output->note(sentence(problem.error) + partOf(labels));
        images += problem.images;
        missing += problem.error.code == Error::Code::NotFound;
    }
    if (!problems.isEmpty())
        context->output->event("problems"_L1, {{"problems"_L1, problems}});
    const QStringList again = labelsOf(*done, images);
    if (repairs && !problems.isEmpty()) {
        context->output->line(u"Removed %1, %2."_s.arg(countText(done->removed.blobs, u"damaged blob"),
                                                       bytesText(done->removed.bytes)));
        context->output->line(u"Pull or import again: "_s + again.join(u", "_s));
    }
    // A blob that is gone comes with the next pull; one that is wrong and stays does not.
    if (repairs ? done->removed.blobs + missing < report.problems.size() : !problems.isEmpty())
        co_return fail(endingOf(report));
    if (problems.isEmpty())
        context->output->line(u"%1, %2: all as their digests say."_s.arg(countText(report.blobs, u"blob"),
                                                                         bytesText(report.bytes)));
    context->output->result("verify"_L1,
                            {{"blobs"_L1, report.blobs},
                             {"bytes"_L1, report.bytes},
                             {"problems"_L1, problems},
                             {"removed"_L1, done->removed.blobs},
                             {"bytesFreed"_L1, done->removed.bytes},
                             {"pullAgain"_L1, QJsonArray::fromStringList(again)}});
    co_return Exit::Done;
}

} // namespace

QList<Command> storageCommands()
{
    return {
        {.name = "df"_L1,
         .summary = "show the disk space that images use; -v per image"_L1,
         .run = diskUsage},
        gcCommand(),
        {.name = "verify"_L1,
         .operands = "[REF]"_L1,
         .most = 1,
         .summary = "hash every blob of an image, or of all, against its digest"_L1,
         .options = {{"repair"_L1, 0, {}, "remove what is damaged and say which images to pull again"_L1}},
         .run = verify},
    };
}

} // namespace Tagboat
