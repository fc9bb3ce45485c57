// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/page.h"

#include <memory>

class QMenu;

namespace Tagboat {

class UiSettings;
class Workbench;

/*!
 * \brief A card per job with a bar per layer; ended jobs below, failed ones with their remedies; on top an
 * offer to go on with those that the last run left.
 */
class TransfersPage : public Page
{
    Q_OBJECT

public:
    TransfersPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent = nullptr);
    ~TransfersPage() override;

    void activated() override;
    //! How many transfers of an earlier run can go on; interruptedFound() tells of more.
    [[nodiscard]] int interrupted() const;
    //! Speed limits: of all transfers, and of the current one.
    [[nodiscard]] QList<QMenu*> limitMenus() const;

Q_SIGNALS:
    //! Transfers of an earlier run can go on; the page has a strip for it.
    void interruptedFound(int transfers);

protected:
    void retranslate() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
