// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagecolumns.h"

#include "models/artifacttext.h"
#include "models/text.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Images
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Images)
};

bool isFigure(int column)
{
    return column >= ImageColumn::Size;
}

qint64 figure(const StoredImage& image, int column)
{
    switch (column) {
    case ImageColumn::Size:
        return image.size;
    case ImageColumn::Unique:
        return image.unique;
    default:
        return image.shared;
    }
}

bool isComplete(const StoredImage& image)
{
    return image.platforms.isEmpty() || std::ranges::any_of(image.platforms, &StoredPlatform::isPresent);
}

//! Badges that hold whichever name the row shows.
QList<Badge> stateBadges(const StoredImage& image)
{
    QList<Badge> badges;
    const ArtifactKind kind = artifactKindOf(image);
    // One without a name is called by what it is already.
    if (kind != ArtifactKind::None && !isAttached(image))
        badges.append({artifactWord(kind), Tone::Info, image.artifactType});
    if (!isComplete(image)) {
        badges.append(
            {Images::tr("incomplete"), Tone::Warning,
             Images::tr("Some of its layers are not on this computer. Pull it again to complete it.")});
    }
    return badges;
}

QList<Badge> imageBadges(const StoredImage& image, const QList<ShownName>& names)
{
    QList<Badge> badges;
    if (names.size() > 1) {
        QSet<QString> repositories;
        for (const ShownName& name : names)
            repositories.insert(name.repository);
        if (repositories.size() > 1) {
            badges.append({Images::tr("%n tag(s), one image", nullptr, int(names.size())), Tone::Ok,
                           Images::tr("All these names mean the same image: its size counts once.")});
        } else {
            badges.append({formatTagCount(int(names.size())), Tone::Normal,
                           Images::tr("All these names mean the same image: its size counts once.")});
        }
    }
    return badges + stateBadges(image);
}

QString facts(const StoredImage& image)
{
    QStringList words{image.id.toString(), image.target.digest.toString()};
    for (const StoredPlatform& entry : image.platforms)
        words.append(entry.platform.toString());
    if (image.names.isEmpty())
        words.append(namelessText(image));
    return words.join(u' ');
}

//! What does not depend on the row's name.
QVariant commonCell(const StoredImage& image, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case ImageColumn::ImageId:
            return image.id.shortHex();
        case ImageColumn::Platform:
            return platformSummary(image);
        case ImageColumn::Created:
            return formatAge(image.created);
        default:
            return isFigure(column) ? formatBytes(figure(image, column)) : QVariant();
        }
    case Qt::ToolTipRole:
        switch (column) {
        case ImageColumn::ImageId:
            return image.id.toString();
        case ImageColumn::Platform:
            return platformToolTip(image);
        case ImageColumn::Created:
            return formatMoment(image.created);
        case ImageColumn::Size:
            return Images::tr("Bytes this image takes on this computer, shared layers included");
        case ImageColumn::Unique:
            return Images::tr("Layers that no other image on this computer uses");
        case ImageColumn::Shared:
            return Images::tr("Layers that other images on this computer use too");
        default:
            return {};
        }
    case Qt::TextAlignmentRole:
        return isFigure(column) ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Role::Monospace:
        return column == ImageColumn::ImageId;
    case Role::SortKey:
        if (column == ImageColumn::Created)
            return image.created.isValid() ? image.created.toSecsSinceEpoch() : qint64(-1);
        return isFigure(column) ? QVariant(figure(image, column))
                                : commonCell(image, column, Qt::DisplayRole);
    case ImageRole::CanonicalNames:
        return image.names;
    case ImageRole::Id:
        return image.id.toString();
    case ImageRole::Digest:
        return image.target.digest.toString();
    case ImageRole::Facts:
        return facts(image);
    default:
        return {};
    }
}

//! Full sentence for screen readers: colour and badges do not reach them.
QString spokenName(const QString& text, const QList<Badge>& badges)
{
    QStringList parts{text};
    for (const Badge& badge : badges)
        parts.append(badge.text);
    return parts.join(u", ");
}

} // namespace

QVariant imageHeader(int column, int role)
{
    if (role == Qt::TextAlignmentRole)
        return int((isFigure(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case ImageColumn::Name:
        return Images::tr("Name");
    case ImageColumn::ImageId:
        return Images::tr("Image ID");
    case ImageColumn::Platform:
        return Images::tr("Platform");
    case ImageColumn::Created:
        return Images::tr("Created");
    case ImageColumn::Size:
        return Images::tr("Size");
    case ImageColumn::Unique:
        return Images::tr("Unique");
    case ImageColumn::Shared:
        return Images::tr("Shared");
    default:
        return {};
    }
}

QVariant imageCell(const StoredImage& image, const QList<ShownName>& names, int column, int role)
{
    if (role == ImageRole::Names) {
        QStringList familiar;
        for (const ShownName& name : names)
            familiar.append(name.familiar);
        return familiar;
    }
    if (role == ImageRole::CanonicalName)
        return names.size() == 1 ? names.front().canonical : QString();
    if (column != ImageColumn::Name)
        return commonCell(image, column, role);
    // Several names: the repository stands for the image, the names follow below it.
    const QString text = names.isEmpty() ? namelessText(image)
        : names.size() == 1              ? names.front().familiar
                                         : names.front().repository;
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::ToolTipRole:
        return names.isEmpty() ? image.id.toString() : image.names.join(u'\n');
    case Qt::AccessibleTextRole:
        return spokenName(text, imageBadges(image, names));
    case Role::SortKey:
        return names.isEmpty() ? QString() : names.front().familiar;
    case Role::Badges:
        return QVariant::fromValue(imageBadges(image, names));
    case Role::BoldRange:
        return names.isEmpty() ? QVariant()
                               : QVariant::fromValue(Emphasis{0, int(names.front().repository.size())});
    case Role::TextTone:
        return QVariant::fromValue(!names.isEmpty()        ? Tone::Normal
                                       : isAttached(image) ? Tone::Muted
                                                           : Tone::Warning);
    default:
        return commonCell(image, column, role);
    }
}

QVariant aliasCell(const StoredImage& image, const ShownName& name, int column, int role)
{
    if (role == ImageRole::Names)
        return QStringList{name.familiar};
    if (role == ImageRole::CanonicalName)
        return name.canonical;
    switch (column) {
    case ImageColumn::Name:
        switch (role) {
        case Qt::DisplayRole:
        case Role::SortKey:
            return name.familiar;
        case Qt::ToolTipRole:
            return name.canonical;
        case Role::BoldRange:
            return QVariant::fromValue(boldTag(name));
        default:
            return commonCell(image, column, role);
        }
    case ImageColumn::ImageId:
        switch (role) {
        case Qt::DisplayRole:
            return Images::tr("same");
        case Qt::ToolTipRole:
            return Images::tr("The same image as the row above: %1").arg(image.id.toString());
        case Role::TextTone:
            return QVariant::fromValue(Tone::Muted);
        default:
            return commonCell(image, column, role);
        }
    default:
        // Figures and dates of the image stand on its own row, once.
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant()
                                                                  : commonCell(image, column, role);
    }
}

QVariant tagCell(const StoredImage& image, const QList<ShownName>& names, const ShownName& name, int column,
                 int role)
{
    if (role == ImageRole::CanonicalName)
        return name.canonical;
    if (role == ImageRole::Names)
        return QStringList{name.familiar};
    if (column != ImageColumn::Name)
        return commonCell(image, column, role);
    QList<Badge> badges;
    if (names.size() > 1) {
        QStringList others;
        for (const ShownName& other : names) {
            if (other.canonical != name.canonical)
                others.append(other.familiar);
        }
        badges.append({Images::tr("+%n other name(s)", nullptr, int(others.size())), Tone::Normal,
                       Images::tr("The same image is also called:\n%1").arg(others.join(u'\n'))});
    }
    badges += stateBadges(image);
    switch (role) {
    case Role::Badges:
        return QVariant::fromValue(badges);
    case Qt::AccessibleTextRole:
        return spokenName(name.familiar, badges);
    default:
        return aliasCell(image, name, column, role);
    }
}

bool looksSame(const StoredImage& a, const StoredImage& b)
{
    const auto samePlatform = [](const StoredPlatform& x, const StoredPlatform& y) {
        return x.manifest.digest == y.manifest.digest && x.isPresent == y.isPresent
            && x.platform == y.platform && x.size == y.size
            && std::ranges::equal(x.layers, y.layers, [](const StoredLayer& l, const StoredLayer& m) {
                   return l.descriptor.digest == m.descriptor.digest && l.isPresent == m.isPresent
                       && l.sharedWith == m.sharedWith && l.step == m.step;
               });
    };
    return a.target == b.target && a.id == b.id && a.names == b.names && a.created == b.created
        && a.size == b.size && a.unique == b.unique && a.shared == b.shared && a.isArtifact == b.isArtifact
        && a.artifactType == b.artifactType && a.referrers == b.referrers && a.subject == b.subject
        && a.subjectName == b.subjectName && std::ranges::equal(a.platforms, b.platforms, samePlatform);
}

} // namespace Tagboat
