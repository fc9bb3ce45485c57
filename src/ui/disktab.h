// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QHash>
#include <QWidget>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief The Disk tab of an image's details: what it takes, what of that it shares and with whom, what its
 * deletion would free, and all of it as areas; or the same of the whole store.
 *
 * Widgets: diskFigures, diskStays, thisImageButton, allImagesButton, treemap.
 */
class DiskTab : public QWidget
{
    Q_OBJECT

public:
    explicit DiskTab(QWidget* parent = nullptr);
    ~DiskTab() override;

    void setWorkbench(Workbench* workbench);
    //! Null: nothing is chosen. \a platform: position in its platforms; -1: none. \a titles names the store's
    //! images by ID. Nothing is read before the tab is seen.
    void setImage(const StoredImage* image, int platform, const QHash<Digest, QString>& titles);
    void retranslate();

Q_SIGNALS:
    //! Position in the layers of the platform that is shown.
    void layerChosen(int layer);
    void layerOpened(int layer); //!< by a double click: it is to be shown
    void imageChosen(const Tagboat::Digest& id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void showAll(bool all);
    void refresh();
    void showTiles();
    void showFigures();
    void showStays();
    void requestPlan();
    void requestStore();
    void choose(int tile);
    void open(int tile);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
