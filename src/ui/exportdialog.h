// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "workbench/requests.h"

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;
struct ExportPlan;

/*!
 * \brief Exporting images into archives: which of them under which names, the format, where to, how large it
 * will be.
 *
 * A plan is made whenever something changes; the button acts on the plan that is shown. Widgets: imageList,
 * dockerButton, ociButton, platformBox, compressionBox, oneFileButton, fileEachButton, fileEdit,
 * browseButton, sizeLabel, strip, exportButton.
 */
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a name (canonical), where not empty, is the only name that a single image carries at first.
    ExportDialog(Workbench& workbench, const QList<StoredImage>& images, const QString& name,
                 QWidget* parent);
    ~ExportDialog() override;

    void accept() override;

private:
    void fillImages(const QString& name);
    void fillPlatforms(const QList<Platform>& platforms);
    void choiceChanged();
    void formatChanged();
    void proposeFile();
    void browse();
    void look();
    void showPlan(const ExportPlan& plan);
    [[nodiscard]] QList<ExportItem> chosen() const;
    [[nodiscard]] bool isFileEach() const;
    [[nodiscard]] OuterCompression compression() const;
    [[nodiscard]] QList<ExportRequest> requests() const;
    void queue(QList<ExportRequest> requests);

    struct Private;
    std::unique_ptr<Private> d;
};

//! A file name that every system takes: "alice_ui_v1" of alice/ui:v1, the short ID of an image without a
//! name.
[[nodiscard]] QString archiveNameOf(const StoredImage& image, const QString& name = {});

} // namespace Tagboat
