// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/errortext.h"
#include "workbench/foundlogins.h"

#include <QDialog>

#include <memory>

class QPushButton;

namespace Ui {
class ImportLoginsDialog;
}

namespace Tagboat {

class Workbench;

/*!
 * \brief Shows what logins docker and podman keep, and makes accounts of those that are chosen.
 *
 * Widgets: loginList, strip, scrubBox, scrubLabel, takeButton.
 */
class ImportLoginsDialog : public QDialog
{
    Q_OBJECT

public:
    ImportLoginsDialog(Workbench& workbench, QWidget* parent);
    ~ImportLoginsDialog() override;

    void accept() override;

private:
    void look();
    void showFound(const QList<FoundLogin>& found);
    void choiceChanged();
    void take(bool keepForThisRun);
    void showOutcome(const QList<TakenLogin>& taken);
    void runRemedyHere(const Remedy& remedy);
    [[nodiscard]] QList<FoundLogin> chosen() const;

    Workbench& m_workbench;
    std::unique_ptr<Ui::ImportLoginsDialog> m_ui;
    QPushButton* m_takeButton;
    QList<FoundLogin> m_found; //!< beside the rows
    bool m_isBusy = false;
};

} // namespace Tagboat
