// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/errortext.h"
#include "cli/figures.h"
#include "cli/table.h"

#include "base/worker.h"
#include "oci/reference.h"
#include "workbench/outdated.h"
#include "workbench/radar.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString familiar(const QString& stored)
{
    const auto reference = Reference::parse(stored);
    return reference ? reference->familiar() : stored;
}

QString titleOf(const StoredImage& image)
{
    return image.names.isEmpty() ? image.id.shortHex() : familiar(image.names.first());
}

QString doubtText(const TagNews& tag)
{
    switch (tag.doubt) {
    case TagNews::Doubt::NoDigest:
        return u"the image does not tell which digest its base had"_s;
    case TagNews::Doubt::CostsPull:
        return u"only a look into its index would tell, which counts as a pull there: --allow-pulls"_s;
    default:
        return tag.error ? sentence(*tag.error) : u"not known"_s;
    }
}

QJsonObject jsonOf(const TagNews& tag)
{
    QJsonObject object{{"reference"_L1, tag.reference}, {"state"_L1, toString(tag.state)}};
    if (!tag.from.isNull())
        object.insert("from"_L1, tag.from.toString());
    if (!tag.to.isNull())
        object.insert("to"_L1, tag.to.toString());
    if (tag.checked.isValid())
        object.insert("checked"_L1, tag.checked.toString(Qt::ISODate));
    if (tag.state == NewsState::Unknown)
        object.insert("reason"_L1, doubtText(tag));
    if (tag.error)
        object.insert("code"_L1, toString(tag.error->code));
    return object;
}

QJsonArray jsonOf(const QList<TagNews>& tags)
{
    QJsonArray array;
    for (const TagNews& tag : tags)
        array.append(jsonOf(tag));
    return array;
}

QJsonObject jsonOf(const StoredImage& image, const ImageNews& news)
{
    QJsonArray bases;
    for (const BaseNews& base : news.bases) {
        QJsonObject object{{"source"_L1, toString(base.source)}, {"tags"_L1, jsonOf(base.tags)}};
        if (!base.name.isEmpty())
            object.insert("name"_L1, base.name);
        if (!base.digest.isNull())
            object.insert("digest"_L1, base.digest.toString());
        if (!base.platforms.isEmpty())
            object.insert("platforms"_L1, QJsonArray::fromStringList(base.platforms));
        bases.append(object);
    }
    return {{"digest"_L1, image.target.digest.toString()},
            {"id"_L1, image.id.toString()},
            {"names"_L1, QJsonArray::fromStringList(image.names)},
            {"baseMovedOn"_L1, news.isBaseOutdated()},
            {"newerInRegistry"_L1, news.isNewerInRegistry()},
            {"bases"_L1, bases},
            {"tags"_L1, jsonOf(news.tags)}};
}

//! Root digests of what was asked for.
Result<QList<Digest>> wantedImages(const ImageStore& store, const QStringList& operands)
{
    QList<Digest> wanted;
    for (const QString& operand : operands) {
        const auto image = store.image(operand);
        if (!image)
            return std::unexpected(image.error());
        wanted.append(image->target.digest);
    }
    return wanted;
}

void tell(const Output& output, const QList<StoredImage>& images, const OutdatedView& view, bool hasAsked)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QHash<Digest, QString> titles;
    for (const StoredImage& image : images)
        titles.insert(image.target.digest, titleOf(image));
    Table table({u"IMAGE"_s, u"NEWS"_s, u"TAG"_s, u"WAS"_s, u"IS NOW"_s, u"CHECKED"_s});
    const auto add = [&](const Digest& image, const QString& what, const TagNews& tag) {
        table.add({titles.value(image), what, familiar(tag.reference), tag.from.shortHex(), tag.to.shortHex(),
                   ageText(tag.checked, now)});
    };
    for (const OutdatedBase& base : view.bases) {
        for (const Digest& image : base.images)
            add(image, u"base moved on"_s, base.tag);
    }
    for (const OutdatedName& name : view.names)
        add(name.image, u"newer in registry"_s, name.tag);
    if (!table.isEmpty())
        output.text(table.toString());
    for (const LostTag& doubt : view.doubts)
        output.note(u"Unknown: %1: %2"_s.arg(familiar(doubt.tag.reference), doubtText(doubt.tag)));
    for (const LostTag& gone : view.gone)
        output.note(u"No longer in its registry: %1"_s.arg(familiar(gone.tag.reference)));
    if (view.notAsked > 0)
        output.note(u"Nobody asked for %1 yet: tagboat-cli outdated asks the registries."_s.arg(
            countText(view.notAsked, u"tag")));
    if (!view.isEmpty())
        return;
    if (view.upToDate > 0)
        output.note(u"Nothing newer: %1 as before."_s.arg(countText(view.upToDate, u"tag")));
    else if (hasAsked && view.doubts.isEmpty() && view.gone.isEmpty())
        output.note(u"No image here has a known base, or a name that was pulled or pushed."_s);
}

Task<Result<int>> outdated(ContextPtr context, std::stop_token stop)
{
    const std::shared_ptr<Session> session = context->session;
    const auto snapshot = co_await onWorker([store = session->store()] { return store->snapshot(); });
    if (!snapshot)
        co_return std::unexpected(snapshot.error());
    const auto wanted =
        co_await onWorker([store = session->store(), operands = context->arguments.operands()] {
            return wantedImages(*store, operands);
        });
    if (!wanted)
        co_return std::unexpected(wanted.error());

    const bool asks = !context->arguments.has("cached"_L1);
    NewsReport report;
    if (asks) {
        NewsQuestion question;
        question.images = *wanted;
        question.mayCostPulls = context->arguments.has("allow-pulls"_L1);
        const NewsProgressCallback progress = [output = context->output](const NewsProgress& now) {
            output->event("progress"_L1, {{"asked"_L1, now.asked}, {"total"_L1, now.total}});
        };
        auto checked = co_await checkForNews(session, snapshot->images, question, progress, stop);
        if (!checked)
            co_return std::unexpected(std::move(checked.error()));
        report = *checked;
    }
    auto news = co_await newsOf(session, snapshot->images, stop);
    if (!news)
        co_return std::unexpected(std::move(news.error()));

    QList<StoredImage> images = snapshot->images;
    if (!wanted->isEmpty())
        images.removeIf([&](const StoredImage& image) { return !wanted->contains(image.target.digest); });
    const OutdatedView view = outdatedView(images, *news);
    tell(*context->output, images, view, asks);
    QJsonArray array;
    for (const StoredImage& image : std::as_const(images)) {
        if (const auto found = news->constFind(image.target.digest); found != news->cend())
            array.append(jsonOf(image, *found));
    }
    QJsonObject resting;
    for (auto it = report.resting.cbegin(); it != report.resting.cend(); ++it) {
        resting.insert(it.key(), it->toString(Qt::ISODate));
        context->output->note(
            u"%1 asked to be left alone until %2."_s.arg(it.key(), it->toLocalTime().toString(Qt::ISODate)));
    }
    context->output->result("outdated"_L1,
                            {{"images"_L1, array},
                             {"outdated"_L1, view.outdatedImages()},
                             {"unknown"_L1, view.doubts.size()},
                             {"asked"_L1, report.asked},
                             {"resting"_L1, resting}});
    co_return Exit::Done;
}

} // namespace

QList<Command> outdatedCommands()
{
    return {
        {.name = "outdated"_L1,
         .operands = "[REF...]"_L1,
         .most = -1,
         .summary = "list images whose base has moved on, or that are newer in their registry"_L1,
         .options = {{"cached"_L1, 0, {}, "what earlier checks found; no registry is asked"_L1},
                     {"allow-pulls"_L1, 0, {}, "look into indexes at Docker Hub, which counts as pulls"_L1}},
         .run = outdated}};
}

} // namespace Tagboat
