// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "ui/errortext.h"

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief A further name for an image of this computer; says which other image would lose it.
 *
 * Widgets: nameEdit, partsLabel, cascade_TAG, movesLabel, tagButton.
 */
class TagDialog : public QDialog
{
    Q_OBJECT

public:
    TagDialog(Workbench& workbench, const StoredImage& image, const QString& name, QWidget* parent);
    ~TagDialog() override;

    void accept() override;

private:
    void update();
    [[nodiscard]] Result<QStringList> names() const; //!< canonical, all that would be set

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
