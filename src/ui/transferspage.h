// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/page.h"

#include <memory>

namespace Tagboat {

class UiSettings;
class Workbench;

//! A card per job with a bar per layer; ended jobs below, failed ones with their remedies.
class TransfersPage : public Page
{
    Q_OBJECT

public:
    TransfersPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent = nullptr);
    ~TransfersPage() override;

    void activated() override;

protected:
    void retranslate() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
