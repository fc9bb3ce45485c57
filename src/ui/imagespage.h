// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "ui/page.h"

#include <QHash>
#include <QPersistentModelIndex>

#include <memory>

class QMenu;
class QModelIndex;

namespace Ui {
class ImagesPage;
}

namespace Tagboat {

class ImageFilterProxy;
class ImagesListModel;
class ImagesTreeModel;
class NewsButton;
class UiSettings;
class Workbench;
struct ErrorText;

/*!
 * \brief The images on this computer: disk usage, filter, list grouped by image or flat, details of the
 * chosen one.
 *
 * Object names: filter, pullButton, importButton, pushButton, groupButton, usageBar, usageLegend, strip,
 * newsButton, tree, details, contentStack (listPage, emptyPage, noMatchPage, waitingPage), emptyPullButton,
 * emptyImportButton, clearFilterButton, and those of ImageDetailsPane.
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
    void activated() override;
    void saveState();

Q_SIGNALS:
    void usageChanged(const Tagboat::DiskUsage& usage);

protected:
    void retranslate() override;

private:
    void bindActions();
    void setGrouped(bool grouped);
    void setFilter(const QString& text);
    void updateContent();
    void updateDetails();
    void expandFrom(int first, int last);
    void restoreSelection(const QString& name, const Digest& id);
    void showContextMenu(const QPoint& position);
    void exportSelected();
    [[nodiscard]] const StoredImage* imageAt(const QModelIndex& proxyIndex) const;
    [[nodiscard]] const StoredImage* current() const;
    [[nodiscard]] QString currentName() const; //!< canonical; empty: the row has none or several
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
    QHash<Digest, QString> m_titles;
    DiskUsage m_usage;
    bool m_isLoaded = false;
    QString m_wantedName; //!< to be chosen as soon as it is there
    quint64 m_request = 0;
};

} // namespace Tagboat
