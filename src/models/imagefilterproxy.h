// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagefilter.h"

#include <QAbstractProxyModel>

#include <memory>
#include <vector>

namespace Tagboat {

class ImageRowSource;

/*!
 * \brief Sorts and filters either model of images (see ImageFilter). An image stays as long as one of its
 * names matches; then only the matching names stand below it.
 *
 * Made for many: ten thousand images are filtered or sorted within a few milliseconds, where
 * QSortFilterProxyModel takes a hundred times that. Whatever changes more than a few rows is announced as a
 * change of the layout, also where rows come or go with it: views then lay out anew, once, and keep what is
 * chosen, current and open.
 */
class ImageFilterProxy : public QAbstractProxyModel
{
    Q_OBJECT

public:
    explicit ImageFilterProxy(QObject* parent = nullptr);
    ~ImageFilterProxy() override;

    void setFilter(const QString& text);
    [[nodiscard]] const ImageFilter& filter() const { return m_filter; }
    [[nodiscard]] bool isFiltering() const { return !m_filter.isEmpty(); }

    //! One of the models of images.
    void setSourceModel(QAbstractItemModel* model) override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] QModelIndex mapToSource(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] QModelIndex sibling(int row, int column, const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    //! A row at the top of the source, and those below it that are shown.
    struct Branch
    {
        int source = 0;
        int place = -1;         // its row here; -1: filtered away
        qint64 key = 0;         // what it is sorted by, but for names
        QString name;           // its first name, canonical
        bool isFilled = false;  // whether `below` is known
        std::vector<int> below; // source rows
    };
    using BranchPtr = std::unique_ptr<Branch>;

    void connectSource();
    void rebuild();
    void rearrange(bool isSorted = true);
    void sortAll();
    void show();
    void renumber(std::size_t from = 0);
    void keyOf(Branch& branch) const;
    [[nodiscard]] bool isBefore(const Branch& a, const Branch& b) const;
    [[nodiscard]] bool accepts(ImageMatcher& matcher, int source) const;
    void fill(Branch& branch) const;
    [[nodiscard]] Branch* branchOf(const QModelIndex& sourceTop) const;
    [[nodiscard]] QModelIndex indexOf(const Branch& branch) const;

    void rowsComing(const QModelIndex& parent);
    void rowsCame(const QModelIndex& parent, int first, int last);
    void rowsGoing(const QModelIndex& parent, int first, int last);
    void rowsGone(const QModelIndex& parent, int first, int last);
    void rowMoved(const QModelIndex& parent, int first, int last, int to);
    void rowsChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);

    ImageFilter m_filter;
    QString m_text;
    const ImageRowSource* m_rows = nullptr; // the source model
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    std::vector<BranchPtr> m_branches; // by source row
    std::vector<Branch*> m_sorted;     // all, in order
    std::vector<Branch*> m_shown;      // those that are not filtered away
};

} // namespace Tagboat
