// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagenames.h"

#include "models/artifacttext.h"
#include "models/text.h"
#include "oci/reference.h"
#include "oci/referrer.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Names
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Names)
};

} // namespace

ShownName ShownName::of(const QString& canonical)
{
    const auto reference = Reference::parse(canonical);
    if (!reference)
        return {canonical, canonical, canonical, {}, canonical.toLower().toUtf8()};
    const QString familiar = reference->familiar();
    return {canonical, familiar, reference->familiarName(), reference->tag(), familiar.toLower().toUtf8()};
}

QString familiarName(const QString& canonical)
{
    return ShownName::of(canonical).familiar;
}

QList<ShownName> shownNames(const StoredImage& image)
{
    QList<ShownName> names;
    names.reserve(image.names.size());
    for (const QString& name : image.names)
        names.append(ShownName::of(name));
    const auto rank = [](const ShownName& n) {
        return std::make_tuple(n.repository.count(u'/'), n.tag != "latest"_L1, n.familiar);
    };
    std::ranges::sort(names, {}, rank);
    return names;
}

Emphasis boldTag(const ShownName& name)
{
    if (name.tag.isEmpty())
        return {};
    const auto colon = name.familiar.indexOf(u':' + name.tag, name.repository.size());
    return {int(colon + 1), int(name.tag.size())};
}

bool isAttached(const StoredImage& image)
{
    return image.names.isEmpty() && !image.subject.isNull();
}

QString namelessText(const StoredImage& image)
{
    if (!isAttached(image))
        return Names::tr("untagged");
    const ArtifactKind artifact = artifactKindOf(image);
    const bool isKnown = artifact != ArtifactKind::None && artifact != ArtifactKind::Other;
    const QString kind =
        isKnown ? artifactWord(artifact) : formatReferrerKind(referrerKind(image.artifactType));
    return image.subjectName.isEmpty() ? kind
                                       : Names::tr("%1 of %2", "signature of alice/ui:v1")
                                             .arg(kind, ShownName::of(image.subjectName).familiar);
}

QString imageTitle(const StoredImage& image)
{
    const auto names = shownNames(image);
    return !names.isEmpty() ? names.front().familiar
        : isAttached(image) ? namelessText(image)
                            : image.id.shortHex();
}

QHash<Digest, QString> imageTitles(const QList<StoredImage>& images)
{
    QHash<Digest, QString> titles;
    for (const StoredImage& image : images)
        titles.insert(image.id, imageTitle(image));
    return titles;
}

QString platformText(const Platform& platform)
{
    return platform.isEmpty() || platform.isUnknown() ? QString(QChar(0x2013)) : platform.toString();
}

int preferredPlatform(const StoredImage& image)
{
    int best = image.platforms.isEmpty() ? -1 : 0;
    int bestRank = std::numeric_limits<int>::max();
    const Platform host = Platform::host();
    for (int i = 0; i < image.platforms.size(); ++i) {
        const int preference = host.preference(image.platforms[i].platform);
        const int rank = (image.platforms[i].isPresent ? 0 : 10000) + (preference < 0 ? 1000 : preference);
        if (rank < bestRank) {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

QString platformSummary(const StoredImage& image)
{
    const int first = preferredPlatform(image);
    if (first < 0)
        return image.isArtifact ? Names::tr("any", "platform") : QString(QChar(0x2013));
    const auto others = std::ranges::count(image.platforms, true, &StoredPlatform::isPresent)
        - (image.platforms[first].isPresent ? 1 : 0);
    const QString text = platformText(image.platforms[first].platform);
    return others > 0 ? u"%1 +%2"_s.arg(text).arg(others) : text;
}

QString platformToolTip(const StoredImage& image)
{
    QStringList lines;
    for (const StoredPlatform& entry : image.platforms) {
        const QString text = platformText(entry.platform);
        lines.append(entry.isPresent ? text : Names::tr("%1 (not on this computer)").arg(text));
    }
    return lines.join(u'\n');
}

} // namespace Tagboat
