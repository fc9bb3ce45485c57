// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/page.h"

#include <memory>

namespace Tagboat {

class UiSettings;
class Workbench;

//! One registry as one account: repositories at the left, the tags of the chosen one grouped by digest,
//! details below.
class RegistryPage : public Page
{
    Q_OBJECT

public:
    RegistryPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent = nullptr);
    ~RegistryPage() override;

    //! Shows another account; the one page serves them all.
    void setProfile(const QString& profileId);
    [[nodiscard]] QString profileId() const;
    void activated() override;

protected:
    void retranslate() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
