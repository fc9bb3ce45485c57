// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/gc.h"

#include "cli/figures.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"

#include "base/worker.h"
#include "workbench/storecleanup.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct ReasonName
{
    CleanUpReason reason;
    QLatin1StringView json;
    QLatin1StringView text;
};

constexpr std::array Reasons = {
    ReasonName{CleanUpReason::Untagged, "untagged"_L1, "untagged"_L1},
    ReasonName{CleanUpReason::Older, "older"_L1, "old"_L1},
    ReasonName{CleanUpReason::OldVersion, "oldVersion"_L1, "newer versions are here"_L1},
    ReasonName{CleanUpReason::Attached, "attached"_L1, "belongs to one that goes"_L1},
    ReasonName{CleanUpReason::Unreferenced, "unreferenced"_L1, "no image needs it"_L1},
    ReasonName{CleanUpReason::Abandoned, "abandoned"_L1, "left behind"_L1},
    ReasonName{CleanUpReason::Unfinished, "unfinished"_L1, "broke off"_L1},
};

QString whyText(CleanUpReasons reasons)
{
    QStringList texts;
    for (const ReasonName& one : Reasons) {
        if (reasons.testFlag(one.reason))
            texts.append(one.text);
    }
    return texts.join(u", "_s);
}

QString whatText(const CleanUpItem& item)
{
    if (item.kind == CleanUpItem::Kind::Files) {
        const bool isBlobs = item.reasons.testFlag(CleanUpReason::Unreferenced);
        return countText(item.files.size(), isBlobs ? u"blob" : u"file");
    }
    QStringList names;
    for (const QString& name : item.names) {
        const auto reference = Reference::parse(name);
        names.append(reference ? reference->familiar() : name);
    }
    if (item.kind == CleanUpItem::Kind::Name)
        return u"name "_s + names.join(u", "_s);
    return u"image "_s + item.id.shortHex()
        + (names.isEmpty() ? QString() : u" ("_s + names.join(u", "_s) + u')');
}

QJsonObject jsonOf(const CleanUpItem& item)
{
    constexpr std::array Kinds = {"image"_L1, "name"_L1, "files"_L1};
    QJsonArray reasons;
    for (const ReasonName& one : Reasons) {
        if (item.reasons.testFlag(one.reason))
            reasons.append(one.json);
    }
    QJsonObject object{{"kind"_L1, Kinds.at(size_t(item.kind))},
                       {"reasons"_L1, reasons},
                       {"size"_L1, item.size},
                       {"unique"_L1, item.bytes}};
    if (item.kind == CleanUpItem::Kind::Files) {
        QJsonArray files;
        for (const CleanUpItem::File& file : item.files)
            files.append(QJsonObject{{"digest"_L1, jsonOf(file.digest)}, {"size"_L1, file.size}});
        object.insert("files"_L1, files);
        return object;
    }
    object.insert("id"_L1, jsonOf(item.id));
    object.insert("digest"_L1, jsonOf(item.target));
    object.insert("names"_L1, QJsonArray::fromStringList(item.names));
    object.insert("keptNames"_L1, QJsonArray::fromStringList(item.keptNames));
    if (item.created.isValid())
        object.insert("created"_L1, item.created.toUTC().toString(Qt::ISODate));
    return object;
}

//! 30d, 12h, 8w, 30 (days).
Result<std::chrono::seconds> parseAge(const QString& text)
{
    const QString number =
        text.endsWith(u'h') || text.endsWith(u'd') || text.endsWith(u'w') ? text.chopped(1) : text;
    bool isNumber = false;
    const int count = number.toInt(&isNumber);
    constexpr int LongestAge = 100'000; // of any unit: what has no end is an error of typing
    if (!isNumber || count < 0 || count > LongestAge)
        return fail(Error::Code::InvalidInput, text,
                    u"an age is a number of days (30d), weeks (4w) or hours (12h)"_s);
    if (text.endsWith(u'h'))
        return std::chrono::hours(count);
    return text.endsWith(u'w') ? std::chrono::weeks(count) : std::chrono::days(count);
}

Result<CleanUpRules> rulesOf(const Arguments& arguments)
{
    CleanUpRules rules;
    rules.untagged = arguments.has("untagged"_L1);
    rules.unfinished = arguments.has("unfinished"_L1);
    rules.keepLastOfOtherTags = arguments.has("all-tags"_L1);
    rules.reference = arguments.value("reference"_L1);
    if (arguments.has("older-than"_L1) && arguments.has("not-pulled-for"_L1))
        return fail(Error::Code::InvalidInput, u"--not-pulled-for"_s,
                    u"only one of the two ages can be given"_s);
    for (const auto option : {"older-than"_L1, "not-pulled-for"_L1}) {
        if (!arguments.has(option))
            continue;
        const auto age = parseAge(arguments.value(option));
        if (!age)
            return std::unexpected(age.error());
        rules.olderThan = *age;
        rules.ageBy = option == "older-than"_L1 ? CleanUpRules::Age::Made : CleanUpRules::Age::Pulled;
    }
    if (arguments.has("keep-last"_L1)) {
        bool isNumber = false;
        rules.keepLast = arguments.value("keep-last"_L1).toInt(&isNumber);
        if (!isNumber || rules.keepLast < 1)
            return fail(Error::Code::InvalidInput, arguments.value("keep-last"_L1),
                        u"at least one version of each repository stays"_s);
    }
    const bool judgesNames = rules.olderThan || rules.keepLast > 0;
    if (!rules.reference.isEmpty() && !judgesNames)
        return fail(Error::Code::InvalidInput, rules.reference,
                    u"--reference narrows --older-than, --not-pulled-for and --keep-last"_s);
    if (rules.keepLastOfOtherTags && rules.keepLast == 0)
        return fail(Error::Code::InvalidInput, u"--all-tags"_s, u"--all-tags widens --keep-last"_s);
    return rules;
}

Task<Result<int>> collect(ContextPtr context, std::stop_token stop)
{
    const auto rules = rulesOf(context->arguments);
    if (!rules)
        co_return std::unexpected(rules.error());
    const bool dryRun = context->arguments.has("dry-run"_L1) || context->arguments.has("plan"_L1);
    const auto plan =
        co_await onWorker([store = context->session->store(), rules] { return store->planCleanUp(*rules); });
    if (!plan)
        co_return std::unexpected(plan.error());
    CleanUpReport report;
    report.done = plan->sumOf(plan->all());
    if (!dryRun) {
        auto done = co_await cleanUpImages(context->session, *plan, plan->all(), stop);
        if (!done)
            co_return std::unexpected(std::move(done.error()));
        report = std::move(*done);
    }

    QJsonArray items;
    QJsonArray left;
    QSet<Digest> stay;
    for (const CleanUpItem& item : std::as_const(report.left)) {
        left.append(jsonOf(item));
        stay.insert(item.target);
        context->output->note(u"Changed meanwhile and stays: "_s + whatText(item));
    }
    Table table({dryRun ? u"WOULD GO"_s : u"REMOVED"_s, u"WHY"_s, u"SIZE"_s});
    QJsonArray images;
    QStringList names;
    for (const CleanUpItem& item : plan->items) {
        if (item.isPart || stay.contains(item.target))
            continue;
        items.append(jsonOf(item));
        table.add({whatText(item), whyText(item.reasons),
                   item.kind == CleanUpItem::Kind::Name ? u"-"_s : bytesText(item.size)});
        names += item.names;
        if (item.kind == CleanUpItem::Kind::Image && !images.contains(item.id.toString()))
            images.append(item.id.toString());
    }
    if (!table.isEmpty())
        context->output->text(table.toString());
    context->output->line(u"%1 %2 (%3, %4)"_s.arg(
        bytesText(report.done.bytes), dryRun ? u"would come free"_s : u"came free"_s,
        countText(report.done.blobs, u"blob"), countText(report.done.ingestFiles, u"abandoned file")));
    context->output->result("gc"_L1,
                            {{"plan"_L1, dryRun},
                             {"bytes"_L1, report.done.bytes},
                             {"blobs"_L1, report.done.blobs},
                             {"abandonedFiles"_L1, report.done.ingestFiles},
                             {"images"_L1, images},
                             {"names"_L1, QJsonArray::fromStringList(names)},
                             {"items"_L1, items},
                             {"left"_L1, left}});
    co_return Exit::Done;
}

} // namespace

Command gcCommand()
{
    return {
        .name = "gc"_L1,
        .summary = "remove what no image needs any more, and images by rules"_L1,
        .options = {{"untagged"_L1, 0, {}, "images without a name, too"_L1},
                    {"older-than"_L1, 0, "AGE"_L1,
                     "names of images that were made so long ago (30d, 4w, 12h)"_L1},
                    {"not-pulled-for"_L1, 0, "AGE"_L1, "names of images that last came here so long ago"_L1},
                    {"keep-last"_L1, 0, "N"_L1,
                     "names of all but the newest N versions of each repository; with an age, only those of "
                     "that age"_L1},
                    {"all-tags"_L1, 0, {}, "count tags that are no versions, too, by age; latest stays"_L1},
                    {"reference"_L1, 0, "GLOB"_L1, "of these names only those that match"_L1},
                    {"unfinished"_L1,
                     0,
                     {},
                     "downloads that broke off, too, which the next pull would go on with"_L1},
                    {"dry-run"_L1, 0, {}, "only show what would go"_L1},
                    {"plan"_L1, 0, {}, "the same"_L1}},
        .run = collect};
}

} // namespace Tagboat
