// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/filesmodel.h"

#include <QSet>
#include <QTreeView>

namespace Tagboat {

/*!
 * \brief A FilesModel on the screen: the columns that fit what it shows and the room there is, folders that
 * stay open while a search comes and goes.
 */
class FilesView : public QTreeView
{
    Q_OBJECT

public:
    explicit FilesView(QWidget* parent = nullptr);
    //! setModel() for the only kind of model it shows.
    void setFiles(FilesModel* model);

    //! Of a layer that does nothing but add, a column that says so is idle.
    void setChangesShown(bool shown);

    //! Positions in the tree of the chosen rows, from above to below.
    [[nodiscard]] QList<int> selectedPositions() const;
    [[nodiscard]] int currentPosition() const; //!< -1: none
    //! "/etc/passwd" of the chosen rows, a line each.
    [[nodiscard]] QString selectedPaths() const;
    //! Makes a row the current one and brings it to sight, its folders opened.
    void choose(int position);

    //! Opens the current folder and what is in it, the upper ones first, as long as that stays a list that
    //! somebody can look at; without a current folder the uppermost ones.
    void expandMore();
    //! Closes the current folder, or the one that it is in; without any all of them.
    void collapseMore();

    static constexpr int MostRowsOpened = 2000;

Q_SIGNALS:
    //! A file was double-clicked, or Enter pressed on it.
    void fileActivated(int position);
    void selectionChangedByUser();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void rememberState();
    void restoreState();
    void layoutColumns();
    void openAll(const std::vector<int>& folders);

    FilesModel* m_files = nullptr;
    FileTreePtr m_openOf; //!< the tree that m_open is about
    QSet<int> m_open;     //!< folders that somebody opened
    bool m_showsChanges = true;
    bool m_isRestoring = false;
    bool m_isLayingOut = false;
    int m_keptCurrent = -1;
    FileTreePtr m_keptOf;
};

} // namespace Tagboat
