// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfercards.h"

#include "ui/pushdialog.h"

#include <QAbstractButton>
#include <QTreeView>

namespace Tagboat::Testing {

//! The push dialog of the only image, by the button of the images page; null where it does not come.
[[nodiscard]] inline PushDialog* openPush(WindowFixture& app)
{
    app.find<Sidebar>(QStringLiteral("sidebar"))->choose(SidebarModel::Place::Images);
    auto* const tree = app.find<QTreeView>(QStringLiteral("imagesPage/tree"));
    if (!QTest::qWaitFor([tree] { return tree->model()->rowCount() > 0; }, Patience))
        return nullptr;
    tree->setCurrentIndex(tree->model()->index(0, 0));
    if (!QTest::qWaitFor([&app] { return app.actions().push->isEnabled(); }, Patience))
        return nullptr;
    click(app.find<QAbstractButton>(QStringLiteral("imagesPage/pushButton")));
    auto* const dialog = app.window().findChild<PushDialog*>();
    return dialog && QTest::qWaitForWindowExposed(dialog) ? dialog : nullptr;
}

} // namespace Tagboat::Testing
