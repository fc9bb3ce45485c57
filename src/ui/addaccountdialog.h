// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "workbench/session.h"

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief Adds or changes an account. Logs in for real before anything is saved.
 *
 * Widgets: typeList, registryEdit, userEdit, secretEdit, nameEdit, defaultBox, namespaceRules, connection,
 * thisRunBox, testButton, saveButton.
 */
class AddAccountDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a profile: the one to change; nothing: a new one at \a registry (may be empty).
    AddAccountDialog(Workbench& workbench, const std::optional<Profile>& profile, const QString& registry,
                     QWidget* parent);
    ~AddAccountDialog() override;

    //! Opens the connection's settings at \a field, if any.
    void lead(ConnectionField field);
    void accept() override;
    //! What a test would try and a save would keep: only what can be seen and changed here.
    [[nodiscard]] LoginRequest request() const;

Q_SIGNALS:
    void saved(const Tagboat::Profile& profile);

private:
    void kindChosen();
    void inputsChanged();
    void test(bool thenSave);
    void save();
    void showBusy(bool busy);
    void runRemedyHere(const Remedy& remedy);
    [[nodiscard]] ErrorContext context() const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
