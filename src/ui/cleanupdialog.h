// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;

//! What a clean-up would free, first; then the clean-up. Widgets: untaggedBox, detailLabel, cleanButton.
class CleanUpDialog : public QDialog
{
    Q_OBJECT

public:
    CleanUpDialog(Workbench& workbench, QWidget* parent);
    ~CleanUpDialog() override;

    void accept() override;

private:
    void look();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
