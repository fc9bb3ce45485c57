// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/dialogs.h"
#include "ui/errortext.h"

#include <QDialog>

#include <memory>

class QPushButton;

namespace Ui {
class ConnectionDialog;
}

namespace Tagboat {

class Workbench;

/*!
 * \brief How a registry is connected to that there is no account of. Asks it for an answer before anything is
 * saved.
 *
 * Widgets: connection, strip, saveButton.
 */
class ConnectionDialog : public QDialog
{
    Q_OBJECT

public:
    ConnectionDialog(Workbench& workbench, const QString& registry, ConnectionField field, QWidget* parent);
    ~ConnectionDialog() override;

    void accept() override;

Q_SIGNALS:
    void saved();

private:
    void inputsChanged();
    void save();
    void showFailure(const Error& error);

    Workbench& m_workbench;
    QString m_registry;
    std::unique_ptr<Ui::ConnectionDialog> m_ui;
    QPushButton* m_saveButton;
    int m_asked = 0; //!< answers to older questions are dropped
};

} // namespace Tagboat
