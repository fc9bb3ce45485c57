// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/newscells.h"

#include "models/imagecolumns.h"
#include "models/text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct News
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::NewsCells)
};

QString moved(const TagNews& tag)
{
    return News::tr("Was: %1\nIs now: %2\nChecked %3")
        .arg(tag.from.isNull() ? QString(QChar(0x2013)) : tag.from.toString(), tag.to.toString(),
             formatAge(tag.checked));
}

//! Of a row that shows only \a name (where not empty), the news of that one.
QList<Badge> newsBadges(const ImageNews& news, const QString& name, bool hasBase)
{
    QList<Badge> badges;
    QStringList lines;
    for (const BaseNews& base : news.bases) {
        for (const TagNews& tag : base.tags) {
            if (hasBase && tag.state == NewsState::MovedOn) {
                lines.append(News::tr("The tag of its base, %1, points at another image now.")
                                 .arg(ShownName::of(tag.reference).familiar)
                             + u'\n' + moved(tag));
            }
        }
    }
    if (!lines.isEmpty())
        badges.append({News::tr("base moved on"), Tone::Warning, lines.join(u"\n\n"_s)});
    lines.clear();
    for (const TagNews& tag : news.tags) {
        if (tag.state == NewsState::MovedOn && (name.isEmpty() || name == tag.reference)) {
            lines.append(News::tr("The registry has another image under the name %1.")
                             .arg(ShownName::of(tag.reference).familiar)
                         + u'\n' + moved(tag));
        }
    }
    if (!lines.isEmpty())
        badges.append({News::tr("newer in registry"), Tone::Warning, lines.join(u"\n\n"_s)});
    return badges;
}

} // namespace

QSet<Digest> NewsCells::set(const ImageNewsMap& news)
{
    QSet<Digest> changed;
    const auto differs = [](const ImageNews& a, const ImageNews& b) {
        return (a.isOutdated() || b.isOutdated()) && a != b;
    };
    for (auto it = news.cbegin(); it != news.cend(); ++it) {
        const auto before = m_news.constFind(it.key());
        if (differs(*it, before == m_news.cend() ? ImageNews() : *before))
            changed.insert(it.key());
    }
    for (auto it = m_news.cbegin(); it != m_news.cend(); ++it) {
        if (it->isOutdated() && !news.contains(it.key()))
            changed.insert(it.key());
    }
    m_news = news;
    return changed;
}

QVariant NewsCells::with(const QVariant& cell, const StoredImage& image, Row row, const QString& name,
                         int column, int role) const
{
    const bool isAboutNews = role == ImageRole::IsOutdated
        || (column == ImageColumn::Name
            && (role == Role::Badges || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole));
    if (!isAboutNews)
        return cell;
    const auto news = m_news.constFind(image.target.digest);
    if (news == m_news.cend() || !news->isOutdated())
        return role == ImageRole::IsOutdated ? QVariant(false) : cell;
    // A name below its image does not repeat what the image's own row says of the base.
    const QList<Badge> badges = newsBadges(*news, name, row != Row::Alias);
    switch (role) {
    case ImageRole::IsOutdated:
        return news->isBaseOutdated()
            || (row == Row::Image ? news->isNewerInRegistry() : news->isNewerInRegistry(name));
    case Role::Badges:
        return QVariant::fromValue(cell.value<QList<Badge>>() + badges);
    case Qt::AccessibleTextRole: {
        QStringList parts{cell.toString()};
        parts.removeAll(QString());
        for (const Badge& badge : badges)
            parts.append(badge.text);
        return parts.join(u", ");
    }
    default: {
        QStringList parts{cell.toString()};
        for (const Badge& badge : badges)
            parts.append(badge.toolTip);
        parts.removeAll(QString());
        return parts.join(u"\n\n");
    }
    }
}

} // namespace Tagboat
