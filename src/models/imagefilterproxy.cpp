// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagefilterproxy.h"

#include "models/imagecolumns.h"
#include "oci/referenceglob.h"
#include "oci/tagversion.h"

#include <algorithm>

namespace Tagboat {

ImageFilterProxy::ImageFilterProxy(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(Role::SortKey);
    setDynamicSortFilter(true);
}

void ImageFilterProxy::setFilter(const QString& text)
{
    const auto words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

bool ImageFilterProxy::matches(const QString& name, const QString& facts) const
{
    return std::ranges::all_of(m_words, [&](const QString& word) {
        if (isGlob(word))
            return matchesReference(word, name);
        return name.contains(word, Qt::CaseInsensitive) || facts.contains(word, Qt::CaseInsensitive);
    });
}

bool ImageFilterProxy::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_words.isEmpty())
        return true;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const QString facts = index.data(ImageRole::Facts).toString();
    const auto names = index.data(ImageRole::Names).toStringList();
    if (names.isEmpty())
        return matches({}, facts);
    return std::ranges::any_of(names, [&](const QString& name) { return matches(name, facts); });
}

bool ImageFilterProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    if (left.column() != ImageColumn::Name)
        return QSortFilterProxyModel::lessThan(left, right);
    const QString a = left.data(Role::SortKey).toString();
    const QString b = right.data(Role::SortKey).toString();
    if (a.isEmpty() != b.isEmpty())
        return b.isEmpty() == (sortOrder() == Qt::AscendingOrder); // untagged images last, whichever way
    const auto split = [](const QString& name) {
        const auto colon = name.lastIndexOf(u':');
        return colon > name.lastIndexOf(u'/') ? std::pair(name.first(colon), name.sliced(colon + 1))
                                              : std::pair(name, QString());
    };
    const auto [repositoryA, tagA] = split(a);
    const auto [repositoryB, tagB] = split(b);
    if (const int order = repositoryA.localeAwareCompare(repositoryB); order != 0)
        return order < 0;
    return tagLessThan(tagA, tagB);
}

} // namespace Tagboat
