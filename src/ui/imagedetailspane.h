// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QHash>
#include <QWidget>

#include <memory>

class QComboBox;
class QModelIndex;

namespace Ui {
class ImageDetailsPane;
}

namespace Tagboat {

class FilesTab;
class LayersModel;
class NamesModel;
class PlatformsModel;
class Workbench;
struct ImageInside;

/*!
 * \brief The pane below the list of images: overview, tags, layers and documents of the chosen one.
 *
 * What the snapshot tells is shown at once; config and documents follow when the engine has read them. For an
 * image with several platforms a box beside the tabs chooses one, for all tabs, as a row of the Platforms tab
 * does; the choice is remembered for each image. Object names: tabs, platformChooser, overviewTab,
 * platformsTab (platformsView, pullPlatformButton), tagsView, addTagButton, removeTagButton, layersTab, and
 * those of JsonTab.
 */
class ImageDetailsPane : public QWidget
{
    Q_OBJECT

public:
    explicit ImageDetailsPane(QWidget* parent = nullptr);
    ~ImageDetailsPane() override;

    void setWorkbench(Workbench* workbench);
    //! Null: nothing is chosen. \a titles names the store's images by ID.
    void setImage(const StoredImage* image, const QHash<Digest, QString>& titles);
    void retranslate();
    [[nodiscard]] FilesTab& filesTab() const;

Q_SIGNALS:
    void addTagWanted();
    void removeTagsWanted(const QStringList& canonicalNames);
    //! Another image than the one shown, in the treemap of all.
    void imageChosen(const Tagboat::Digest& id);
    //! The image with this root, or with a platform of this digest, is to be shown.
    void imageWanted(const Tagboat::Digest& digest);

private:
    void showImage();
    void showPlatform();
    void choosePlatform();
    void choosePlatformRow(const QModelIndex& row);
    void requestInside();
    void showInside();
    void showPlatforms(const Digest& manifest);
    void updatePullButton();
    void pullPlatform();
    void follow(const QString& link);
    void showLayerMenu(const QPoint& position);
    void updateTagButtons();
    void chooseLayer(int layer);
    void showFacts();
    [[nodiscard]] const ImageInside* insideOf(const Digest& manifest) const; //!< null: not read yet
    [[nodiscard]] int platformIndex() const;                                 //!< -1: none

    std::unique_ptr<Ui::ImageDetailsPane> m_ui;
    QComboBox* m_platformChooser;
    LayersModel* m_layers;
    NamesModel* m_names;
    PlatformsModel* m_platforms;
    Workbench* m_workbench = nullptr;
    std::unique_ptr<StoredImage> m_image;
    std::unique_ptr<ImageInside> m_inside; //!< null until read
    QHash<Digest, QString> m_chosen;       //!< of each image, the manifest of the platform that was chosen
    QHash<Digest, QString> m_titles;
    QString m_requested; //!< image and platform that is being read
};

} // namespace Tagboat
