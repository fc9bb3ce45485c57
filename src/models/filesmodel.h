// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/filefilter.h"
#include "models/roles.h"

#include <QAbstractItemModel>

#include <memory>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace Tagboat {

/*!
 * \brief A FileTree for views, as a tree or as one list of paths, sorted and filtered; copies nothing of it.
 *
 * Rows are positions in the tree. In which order a folder's rows stand is found out when somebody looks into
 * it, so that a tree of a million names is shown, and sorted anew, at once. Filters run on a worker: until
 * `applied` comes, what was shown before stays.
 */
class FilesModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Before, Size, Change, Wasted, Layer, Permissions, Owner, Modified, ColumnCount };
    //! What the tree tells; decides which words fit.
    enum class Kind { Image, Layer, Wasted, Comparison };
    enum class Arrangement { Tree, List };

    explicit FilesModel(QObject* parent = nullptr);
    ~FilesModel() override;

    //! Null: nothing.
    void setTree(FileTreePtr tree, Kind kind);
    void setFilter(const FileFilter& filter);
    void setArrangement(Arrangement arrangement);
    //! All three with one pass; for a change of view.
    void show(FileTreePtr tree, Kind kind, const FileFilter& filter, Arrangement arrangement);
    //! Names that the tool tips of layers say, base first.
    void setLayerTitles(const QStringList& titles) { m_layerTitles = titles; }
    void retranslate();

    // What is shown now; what was asked for may follow.
    [[nodiscard]] const FileTreePtr& tree() const { return m_tree; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const FileFilter& filter() const { return m_filter; }
    [[nodiscard]] Arrangement arrangement() const { return m_arrangement; }
    //! Null where all is shown, as a tree.
    [[nodiscard]] const FileHits* hits() const { return m_hits.get(); }
    //! A filter is on its way.
    [[nodiscard]] bool isApplying() const { return m_isApplying; }

    //! In tree(); -1 for none.
    [[nodiscard]] int position(const QModelIndex& index) const;
    [[nodiscard]] const FileNode* node(const QModelIndex& index) const;
    //! Invalid where that is not shown.
    [[nodiscard]] QModelIndex indexOf(int position) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    //! The tree, filter and arrangement that were asked for last are shown.
    void applied();

private:
    struct Wanted
    {
        FileTreePtr tree;
        Kind kind = Kind::Image;
        FileFilter filter;
        Arrangement arrangement = Arrangement::Tree;
    };
    void apply();
    void take(std::shared_ptr<const FileHits> hits);
    [[nodiscard]] bool isNatural() const; //!< rows stand as they do in the tree
    [[nodiscard]] const std::vector<int>& orderOf(int folder) const;
    [[nodiscard]] int childAt(int folder, int row) const;
    [[nodiscard]] int rowOf(int position) const;
    void sortPositions(std::vector<int>& positions) const;
    [[nodiscard]] quint64 keyOf(const FileNode& node) const;
    [[nodiscard]] QString displayText(int position, const FileNode& node, int column) const;
    [[nodiscard]] QVariant toolTip(int position, const FileNode& node, int column) const;
    [[nodiscard]] QString copyText(int position, const FileNode& node, int column) const;
    [[nodiscard]] QVariant sortKey(int position, const FileNode& node, int column) const;
    [[nodiscard]] QList<Badge> badges(const FileNode& node) const;
    [[nodiscard]] QString accessibleName(int position, const FileNode& node) const;

    FileTreePtr m_tree;
    Kind m_kind = Kind::Image;
    FileFilter m_filter;
    Arrangement m_arrangement = Arrangement::Tree;
    std::shared_ptr<const FileHits> m_hits;
    Wanted m_wanted;
    std::stop_source m_stop; //!< of the filter that is on its way
    bool m_isApplying = false;

    int m_sortColumn = Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    mutable std::unordered_map<int, std::vector<int>> m_orders; //!< of the folders that somebody looked into
    mutable std::vector<int> m_rows;                            //!< of each node in its folder's order
    QString m_marked; //!< word that is set in bold where a name has it
    QStringList m_layerTitles;
};

} // namespace Tagboat
