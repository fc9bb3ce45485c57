// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/figures.h"
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

Task<Result<int>> collect(ContextPtr context, std::stop_token)
{
    const bool planOnly = context->arguments.has("plan"_L1);
    const bool untagged = context->arguments.has("untagged"_L1);
    const auto report = co_await onWorker([store = context->session->store(), planOnly, untagged] {
        return store->collectGarbage(planOnly, untagged);
    });
    if (!report)
        co_return std::unexpected(report.error());
    QJsonArray images;
    for (const Digest& id : report->images) {
        images.append(id.toString());
        context->output->line((planOnly ? u"would go: image "_s : u"removed: image "_s) + id.shortHex());
    }
    context->output->line(u"%1 %2 (%3, %4)"_s.arg(
        bytesText(report->bytes), planOnly ? u"would come free"_s : u"came free"_s,
        countText(report->blobs, u"blob"), countText(report->ingestFiles, u"abandoned file")));
    context->output->result("gc"_L1,
                            {{"plan"_L1, planOnly},
                             {"bytes"_L1, report->bytes},
                             {"blobs"_L1, report->blobs},
                             {"abandonedFiles"_L1, report->ingestFiles},
                             {"images"_L1, images}});
    co_return Exit::Done;
}

Task<Result<int>> verify(ContextPtr context, std::stop_token stop)
{
    const auto report =
        co_await onWorker([store = context->session->store(), name = context->arguments.operand(0), stop] {
            return store->verify(name, stop);
        });
    if (!report)
        co_return std::unexpected(report.error());
    QJsonArray problems;
    for (const VerifyReport::Problem& problem : report->problems) {
        problems.append(
            QJsonObject{{"digest"_L1, problem.digest.toString()}, {"error"_L1, jsonOf(problem.error)}});
        if (problem.error.code != report->problems.first().error.code || context->isVerbose)
            context->output->note(problem.error.toString());
    }
    if (!report->problems.isEmpty()) {
        Error error = report->problems.first().error;
        error.operation = u"verify"_s;
        error.subject = report->problems.first().digest.toString();
        error.message = u"%1, and %2 of %3 blobs are wrong in all"_s.arg(error.message)
                            .arg(report->problems.size())
                            .arg(report->blobs);
        context->output->event("problems"_L1, {{"problems"_L1, problems}});
        co_return std::unexpected(std::move(error));
    }
    context->output->line(u"%1, %2: all as their digests say."_s.arg(countText(report->blobs, u"blob"),
                                                                     bytesText(report->bytes)));
    context->output->result(
        "verify"_L1, {{"blobs"_L1, report->blobs}, {"bytes"_L1, report->bytes}, {"problems"_L1, problems}});
    co_return Exit::Done;
}

} // namespace

QList<Command> storageCommands()
{
    return {
        {.name = "df"_L1,
         .summary = "show the disk space that images use; -v per image"_L1,
         .run = diskUsage},
        {.name = "gc"_L1,
         .summary = "remove what no image needs any more"_L1,
         .options = {{"untagged"_L1, 0, {}, "images without a name, too"_L1},
                     {"plan"_L1, 0, {}, "only show what would go"_L1}},
         .run = collect},
        {.name = "verify"_L1,
         .operands = "[REF]"_L1,
         .most = 1,
         .summary = "hash every blob of an image, or of all, against its digest"_L1,
         .run = verify},
    };
}

} // namespace Tagboat
