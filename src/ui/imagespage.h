// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagerows.h"
#include "ui/page.h"

#include <QHash>
#include <QTimer>

#include <memory>

class QMenu;
class QModelIndex;

namespace Ui {
class ImagesPage;
}

namespace Tagboat {

class ColumnMenu;
class FilterHelp;
class ImageFilterProxy;
class ImagesListModel;
class ImagesTreeModel;
class NewsButton;
class UiSettings;
class Workbench;
struct ErrorText;
struct NameMove;

/*!
 * \brief The images on this computer: disk usage, filter, list grouped by image or flat, details of the
 * chosen one.
 *
 * Object names: filter, filterButton, filterHint, menuColumns, pullButton, importButton, pushButton,
 * groupButton, usageBar, usageLegend, strip, newsButton, tree, details, contentStack (listPage, emptyPage,
 * noMatchPage, waitingPage), emptyPullButton, emptyImportButton, clearFilterButton, and those of
 * ImageDetailsPane.
 */
class ImagesPage : public Page
{
    Q_OBJECT

public:
    ImagesPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent = nullptr);
    ~ImagesPage() override;

    //! What the page shows; refresh() gets it from the workbench.
    void setSnapshot(const StoreSnapshot& snapshot);
    void refresh();
    void showError(const ErrorText& text);
    //! Chooses an image by one of its canonical names, as after a pull.
    void showName(const QString& canonicalName);
    //! The same by its root's digest, that of one of its platforms, or its ID.
    void showImage(const Digest& digest);
    [[nodiscard]] const DiskUsage& usage() const { return m_usage; }
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    //! Which columns are shown, for the window's menu.
    [[nodiscard]] ColumnMenu* columnMenu() const { return m_columnMenu; }
    [[nodiscard]] const QString& choice() const { return m_choice; }
    [[nodiscard]] QString currentName() const; //!< canonical; empty: the row has none or several
    void activated() override;
    void saveState();

Q_SIGNALS:
    void undoWanted(const QList<qint64>& moves);
    void usageChanged(const Tagboat::DiskUsage& usage);
    //! What is chosen, in words, where that is more than one image; else empty.
    void choiceChanged(const QString& text);

protected:
    void retranslate() override;

private:
    struct PreparedSnapshot
    {
        StoreSnapshot snapshot;
        ImageRows::Ptr rows;
    };
    void show(const PreparedSnapshot& prepared);
    void bindActions();
    void setGrouped(bool grouped);
    void setFilter(const QString& text);
    void updateContent();
    void updateDetails();
    void updateChoice();
    void offerUndo(const QList<NameMove>& moves);
    void restoreColumns();
    void resetColumns();
    [[nodiscard]] bool isGrouped() const;
    [[nodiscard]] bool hasSingleImage() const;
    [[nodiscard]] bool hasSelectedName() const;
    [[nodiscard]] QStringList chosenNames() const; //!< familiar ones of the chosen rows, as listed
    void expandFrom(int first, int last);
    void restoreSelection(const QString& name, const Digest& id);
    void showContextMenu(const QPoint& position);
    void exportSelected();
    [[nodiscard]] const StoredImage* imageAt(const QModelIndex& proxyIndex) const;
    [[nodiscard]] const StoredImage* current() const;
    [[nodiscard]] QList<StoredImage> selectedImages() const;
    [[nodiscard]] QStringList selectedNames() const;

    std::unique_ptr<Ui::ImagesPage> m_ui;
    Workbench& m_workbench;
    UiSettings& m_settings;
    ImagesTreeModel* m_treeModel;
    ImagesListModel* m_listModel;
    ImageFilterProxy* m_proxy;
    QMenu* m_groupMenu;
    NewsButton* m_newsButton = nullptr;
    ColumnMenu* m_columnMenu = nullptr;
    FilterHelp* m_filterHelp = nullptr;
    ImageRows::Ptr m_rows;
    QTimer m_choiceTimer;
    QTimer m_undoTimer; //!< runs while an undo is offered
    QString m_choice;
    QHash<Digest, QString> m_titles;
    DiskUsage m_usage;
    bool m_isLoaded = false;
    QString m_wantedName; //!< to be chosen as soon as it is there
    bool m_isRefreshing = false;
    bool m_isStale = false; //!< something changed since the running refresh was begun
};

} // namespace Tagboat
