// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace Tagboat {

/*!
 * \brief Sorts and filters either model of images.
 *
 * The filter's words must all match: a plain word anywhere in a name, ID, digest or platform, a word with *,
 * ? or [ as the glob of `docker image ls --filter reference=`. An image stays as long as one of its names
 * matches; then only the matching names stand below it.
 */
class ImageFilterProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ImageFilterProxy(QObject* parent = nullptr);
    void setFilter(const QString& text);
    [[nodiscard]] bool isFiltering() const { return !m_words.isEmpty(); }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] bool matches(const QString& name, const QString& facts) const;
    QStringList m_words;
};

} // namespace Tagboat
