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
 * \brief One box for a name; its parts, the platforms and what is already here are shown while one types;
 * then the pull.
 *
 * Widgets: referenceEdit, partsLabel, accountBox, platformBox, referrersBox, planView,
 * statusLabel, pullButton.
 */
class PullDialog : public QDialog
{
    Q_OBJECT

public:
    PullDialog(Workbench& workbench, const QString& reference, const QString& profileId, QWidget* parent);
    ~PullDialog() override;

    //! The reference is a platform of an index that is here, and keeps its names.
    void setPart(const QString& platform);
    //! As if somebody had typed it, and waits for the answer.
    void setReference(const QString& reference);

    void accept() override;

private:
    void fillAccounts(const QString& registry, const QString& chooseId);
    void fillPlatforms(const QList<Platform>& platforms);
    void textChanged();
    void look();
    void followRules(const Reference& reference);
    void queue(const PullRequest& wanted);
    void showPreview(const PullRequest& wanted, const Result<PullPreview>& preview);
    void runRemedyHere(const Remedy& remedy);
    [[nodiscard]] Result<PullRequest> request() const;
    [[nodiscard]] ErrorContext context() const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
