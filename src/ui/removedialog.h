// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief Removing names or deleting images of this computer: what goes, what stays, what comes free, before
 * anything happens.
 *
 * Widgets: headline, nameOnlyButton, imageButton, imageHint, removeButton.
 */
class RemoveDialog : public QDialog
{
    Q_OBJECT

public:
    RemoveDialog(Workbench& workbench, const QStringList& names, const QList<Digest>& images,
                 QWidget* parent);
    ~RemoveDialog() override;

    void accept() override;

private:
    void showImages(const StoreSnapshot& snapshot);
    void showPlans();
    void countStaying(const StoreSnapshot& snapshot);
    [[nodiscard]] QString stayingText() const;
    [[nodiscard]] QString attachedText(const RemovalPlan& plan) const;
    void finish(const Result<void>& done);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
