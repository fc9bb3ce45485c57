// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"
#include "workbench/outdated.h"

#include <QDialog>

#include <functional>
#include <memory>

class QTreeWidgetItem;

namespace Ui {
class OutdatedDialog;
}

namespace Tagboat {

class Workbench;

/*!
 * \brief All images that there is something newer for: by the base they stand on, then by their own names,
 * and last what could not be found out.
 *
 * Stays open beside the window, and follows each check and change. Widgets: headline, checkedLabel, strip,
 * list, stack (list, emptyPage), emptyTitle, emptyText, emptyCheckButton, checkButton, copyButton,
 * showButton, pullButton; its context menu outdatedMenu with pullChosen, checkChosen, showChosen, copyChosen.
 */
class OutdatedDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a show gets the name of an image that somebody wants to see in the list of images.
    OutdatedDialog(Workbench& workbench, std::function<void(const QString&)> show, QWidget* parent);
    ~OutdatedDialog() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();
    void showState();
    void showEmpty(const OutdatedView& view);
    void choiceChanged();
    void pull();
    void check();
    void showInList();
    void copy(bool all);
    void showMenu(const QPoint& position);
    void report(const NewsReport& report);
    QTreeWidgetItem* addGroup(const QString& key, const QString& title, const Badge& badge);
    QTreeWidgetItem* addRow(QTreeWidgetItem* above, const QString& title, const TagNews& tag);
    [[nodiscard]] QString titleOf(const Digest& image) const;
    [[nodiscard]] QTreeWidgetItem* chosen() const;

    Workbench& m_workbench;
    std::function<void(const QString&)> m_show;
    std::unique_ptr<Ui::OutdatedDialog> m_ui;
    QHash<Digest, StoredImage> m_images; //!< by root digest
};

} // namespace Tagboat
