// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"
#include "ui/page.h"

#include <memory>

class QMenu;

namespace Tagboat {

class UiSettings;
class Workbench;

//! One registry as one account: repositories at the left, the tags of the chosen one grouped by digest,
//! details below. Its speed limit is that of the registry, whichever account it is shown as.
class RegistryPage : public Page
{
    Q_OBJECT

public:
    RegistryPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent = nullptr);
    ~RegistryPage() override;

    //! Shows another account; the one page serves them all.
    void setProfile(const QString& profileId);
    [[nodiscard]] QString profileId() const;
    //! How fast transfers with the registry that is shown may be; for the window's menus.
    [[nodiscard]] QMenu* limitMenu() const;
    void activated() override;

Q_SIGNALS:
    //! The registry was asked whether it answers: it does, or not.
    void answered(const QString& profileId, const Tagboat::RegistryStatus& status);
    void failed(const QString& profileId, const Tagboat::Error& error);

protected:
    void retranslate() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
