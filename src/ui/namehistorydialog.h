// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief What happened to the names on this computer, and the way back: when, which name, from and to which
 * image, by what, and whether it can be undone.
 *
 * Widgets: historyFilter, historyView, undoButton, reasonLabel, strip.
 */
class NameHistoryDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a name (canonical, may be empty) is what the history is about at first.
    NameHistoryDialog(Workbench& workbench, const QString& name, QWidget* parent);
    ~NameHistoryDialog() override;

private:
    void load();
    void update();
    void undo();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
