// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/remotetagsmodel.h"
#include "ui/errortext.h"

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief Removing a tag, or an image with all its tags, from a registry; names every tag that would go with
 * it.
 *
 * Widgets: headline, tagOnlyButton, tagBox, imageButton, removeButton.
 */
class RemoteRemoveDialog : public QDialog
{
    Q_OBJECT

public:
    RemoteRemoveDialog(Workbench& workbench, const Profile& profile, const QString& repository,
                       const RemoteTagsModel::Group& group, bool wholeImage, QWidget* parent);
    ~RemoteRemoveDialog() override;

    void accept() override;

private:
    void update();
    void runRemedyHere(const Remedy& remedy);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
