// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/errortext.h"
#include "workbench/requests.h"

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief Where an image goes, under which tags, and what will happen, looked up while one types; then the
 * push. Further destinations are rows of PushDestinations.
 *
 * Widgets: accountBox, addAccountButton, repositoryEdit, tagEdit, cascade_TAG, platformBox, referrersBox
 * (where something refers to the image), planView, statusLabel, pushButton.
 */
class PushDialog : public QDialog
{
    Q_OBJECT

public:
    PushDialog(Workbench& workbench, const StoredImage& image, const QString& name, QWidget* parent);
    ~PushDialog() override;

    void accept() override;

private:
    void fillAccounts(const QString& chooseId, const QString& chooseRegistry);
    void fillPlatforms();
    void accountChosen();
    void inputsChanged();
    void look();
    void showPreview(const Result<PushPreview>& preview);
    void followRules();
    void tellFirst();
    void queue(const PushRequest& wanted);
    void runRemedyHere(const Remedy& remedy);
    bool runRemedyOf(const PushTarget& target, const Remedy& remedy);
    [[nodiscard]] Result<PushRequest> request() const; //!< to all destinations
    [[nodiscard]] Result<PushRequest> requestToFirst() const;
    [[nodiscard]] IdentityQuestion question() const; //!< of the first
    [[nodiscard]] ErrorContext context() const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
