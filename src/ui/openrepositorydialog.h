// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include <memory>

namespace Ui {
class OpenRepositoryDialog;
}

namespace Tagboat {

//! Asks for a repository that a registry does not list. Widgets: nameEdit, statusLabel, buttons.
class OpenRepositoryDialog : public QDialog
{
    Q_OBJECT

public:
    OpenRepositoryDialog(const QString& registry, QWidget* parent);
    ~OpenRepositoryDialog() override;

    void accept() override;

Q_SIGNALS:
    void chosen(const QString& repository);

private:
    void update();
    [[nodiscard]] QString repository() const; //!< empty where what was typed is none

    QString m_registry;
    std::unique_ptr<Ui::OpenRepositoryDialog> m_ui;
};

} // namespace Tagboat
