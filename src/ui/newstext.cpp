// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/newstext.h"

#include "models/imagenames.h"
#include "models/text.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "workbench/workbench.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Carries the translation context.
struct News
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::NewsText)
};

constexpr auto CheckKey = "checkImageButton"_L1;
constexpr auto PullBaseKey = "pullBaseButton"_L1;
constexpr auto PullNewerKey = "pullNewerButton"_L1;

//! What both kinds of names have in common; \a movedOn is what one says of its own.
QString stateText(const TagNews& tag, const QString& movedOn)
{
    switch (tag.state) {
    case NewsState::NotAsked:
        return News::tr("not checked yet");
    case NewsState::UpToDate:
        return News::tr("up to date, checked %1").arg(formatAge(tag.checked));
    case NewsState::MovedOn:
        return movedOn.arg(formatAge(tag.checked));
    case NewsState::Gone:
        return News::tr("no longer in its registry, checked %1").arg(formatAge(tag.checked));
    case NewsState::Unknown:
        return News::tr("not known: %1").arg(doubtText(tag));
    }
    return {};
}

QString titleOf(const BaseNews& base)
{
    return base.name.isEmpty() ? u"%1:%2…"_s.arg(base.digest.algorithm(), base.digest.shortHex())
                               : familiarName(base.name);
}

Fact baseFact(const ImageNews& news)
{
    Fact fact{.key = u"factBase"_s, .label = News::tr("Base image"), .value = {}, .copyable = false};
    QStringList lines;
    for (const BaseNews& base : news.bases) {
        QString line = News::tr("%1 (%2)", "python:3.13 (by annotation)")
                           .arg(titleOf(base), baseSourceText(base.source));
        if (!base.platforms.isEmpty())
            line = base.platforms.join(u", ") + u": "_s + line;
        QStringList states;
        for (const TagNews& tag : base.tags) {
            const QString state = baseStateText(tag);
            states.append(base.tags.size() > 1 ? familiarName(tag.reference) + u' ' + state : state);
        }
        if (base.tags.isEmpty()) {
            states.append(base.name.isEmpty() ? News::tr("its name is not known")
                                              : News::tr("never pulled or pushed by that name"));
        }
        lines.append(line + u" — "_s + states.join(u"; "));
        const auto moved = std::ranges::find(base.tags, NewsState::MovedOn, &TagNews::state);
        if (moved != base.tags.end() && fact.actions.isEmpty()) {
            fact.actions.append({PullBaseKey, News::tr("Pull the new base…"),
                                 News::tr("Fetch what %1 is now").arg(familiarName(moved->reference)),
                                 moved->reference});
        }
    }
    fact.value = lines.join(u'\n');
    return fact;
}

Fact nameFact(const ImageNews& news)
{
    Fact fact{.key = u"factInRegistry"_s, .label = News::tr("In registry"), .value = {}, .copyable = false};
    QStringList lines;
    for (const TagNews& tag : news.tags) {
        lines.append(familiarName(tag.reference) + u" — "_s + nameStateText(tag));
        if (tag.state == NewsState::MovedOn && fact.actions.isEmpty()) {
            fact.actions.append({PullNewerKey, News::tr("Pull it…"),
                                 News::tr("Fetch what %1 is now").arg(familiarName(tag.reference)),
                                 tag.reference});
        }
    }
    fact.value = lines.join(u'\n');
    return fact;
}

} // namespace

QString baseSourceText(BaseSource source)
{
    switch (source) {
    case BaseSource::Annotation:
        return News::tr("by annotation");
    case BaseSource::Label:
        return News::tr("by label");
    case BaseSource::Provenance:
        return News::tr("by build record");
    case BaseSource::Layers:
        return News::tr("by its layers");
    }
    return {};
}

QString baseStateText(const TagNews& tag)
{
    return stateText(tag, News::tr("moved on, checked %1"));
}

QString nameStateText(const TagNews& tag)
{
    return stateText(tag, News::tr("newer in registry, checked %1"));
}

QString doubtText(const TagNews& tag)
{
    switch (tag.doubt) {
    case TagNews::Doubt::NoDigest:
        return News::tr("the image does not tell which one of that name it was made from");
    case TagNews::Doubt::CostsPull:
        return News::tr("only a look into its index would tell, which counts as a pull there");
    default:
        break;
    }
    if (!tag.error)
        return News::tr("nobody knows");
    const auto reference = Reference::parse(tag.reference);
    QString title = explain(*tag.error,
                            {.doing = ErrorContext::Doing::Other,
                             .registry = reference ? reference->registry() : QString(),
                             .repository = reference ? reference->repository() : QString()})
                        .title;
    while (title.endsWith(u'.'))
        title.chop(1);
    return title;
}

QString progressText(const NewsProgress& progress)
{
    return progress.total > 0 ? News::tr("Checking %1 of %2…").arg(progress.asked).arg(progress.total)
                              : News::tr("Checking…");
}

QList<Fact> newsFacts(const Workbench& workbench, const StoredImage& image)
{
    if (image.isArtifact)
        return {};
    const auto found = workbench.news().constFind(image.target.digest);
    const bool isKnown = found != workbench.news().cend();
    QList<Fact> facts;
    if (isKnown && !found->bases.isEmpty()) {
        facts.append(baseFact(*found));
    } else {
        facts.append(
            {.key = u"factBase"_s,
             .label = News::tr("Base image"),
             .value = News::tr("not known: it names none, and begins with the layers of no image here"),
             .copyable = false});
    }
    if (isKnown && !found->tags.isEmpty())
        facts.append(nameFact(*found));
    const bool canAsk = isKnown
        && (!found->tags.isEmpty()
            || std::ranges::any_of(found->bases, [](const BaseNews& base) { return !base.tags.isEmpty(); }));
    if (canAsk) {
        const bool isRunning = workbench.isCheckingForNews();
        const FactAction check{CheckKey, isRunning ? News::tr("Checking…") : News::tr("Check now"),
                               News::tr("Ask the registries now. Where nothing else tells, the index is "
                                        "looked into, which Docker Hub counts as a pull."),
                               image.target.digest.toString()};
        const bool hasBaseTags =
            std::ranges::any_of(found->bases, [](const BaseNews& base) { return !base.tags.isEmpty(); });
        facts[hasBaseTags ? 0 : facts.size() - 1].actions.prepend(check);
    }
    return facts;
}

void runNewsAction(const QString& key, const QString& argument, Workbench& workbench, QWidget* parent)
{
    if (key == CheckKey) {
        if (const auto image = Digest::parse(argument))
            workbench.checkForNews({.images = {*image}, .mayCostPulls = true});
    } else if (key == PullBaseKey || key == PullNewerKey) {
        openPullDialog(workbench, parent, familiarName(argument));
    }
}

} // namespace Tagboat
