// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;
struct CleanUpRules;

/*!
 * \brief A clean-up by rules: what would go is listed as the rules are set, each line with its reason, and
 * can be kept by taking its mark away. What is not listed is not removed.
 *
 * Rules are remembered when a clean-up is done. Widgets: untaggedBox, unreferencedBox, unfinishedBox,
 * olderBox, olderSpin, ageChooser, keepBox, keepSpin, otherTagsBox, referenceEdit, previewView, headline,
 * detailLabel, allButton, noneButton, cleanButton.
 */
class CleanUpDialog : public QDialog
{
    Q_OBJECT

public:
    CleanUpDialog(Workbench& workbench, QWidget* parent);
    ~CleanUpDialog() override;

    void accept() override;

private:
    void arrange();
    void listen();
    [[nodiscard]] CleanUpRules rules() const;
    void restoreRules();
    void saveRules() const;
    void rulesChanged();
    void look();
    void showSum();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
