// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QHash>
#include <QWidget>

#include <memory>

class QComboBox;

namespace Ui {
class ImageDetailsPane;
}

namespace Tagboat {

class LayersModel;
class NamesModel;
class Workbench;
struct Fact;
struct ImageDetails;

/*!
 * \brief The pane below the list of images: overview, tags, layers and documents of the chosen one.
 *
 * What the snapshot tells is shown at once; config and documents follow when the engine has read them. For an
 * image with several platforms a box beside the tabs chooses one. Object names: tabs, platformChooser,
 * overviewTab, tagsView, addTagButton, removeTagButton, layersTab, jsonChooser, jsonView, jsonCopyButton.
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

Q_SIGNALS:
    void addTagWanted();
    void removeTagsWanted(const QStringList& canonicalNames);
    //! Another image than the one shown, in the treemap of all.
    void imageChosen(const Tagboat::Digest& id);

private:
    void showImage();
    void showPlatform();
    void requestDocuments();
    void showDocuments();
    void showJson();
    void updateTagButtons();
    void chooseLayer(int layer);
    [[nodiscard]] QList<Fact> facts() const;
    [[nodiscard]] QByteArray document() const;
    [[nodiscard]] int platformIndex() const; //!< -1: none

    std::unique_ptr<Ui::ImageDetailsPane> m_ui;
    QComboBox* m_platformChooser;
    LayersModel* m_layers;
    NamesModel* m_names;
    Workbench* m_workbench = nullptr;
    std::unique_ptr<StoredImage> m_image;
    std::unique_ptr<ImageDetails> m_documents; //!< of the platform that is shown; null until read
    QHash<Digest, QString> m_titles;
    QString m_requested; //!< image and platform whose documents are being read
};

} // namespace Tagboat
