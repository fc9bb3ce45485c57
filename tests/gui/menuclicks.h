// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QApplication>
#include <QMenu>
#include <QTest>
#include <QTimer>
#include <QWindow>

namespace Tagboat::Testing {

//! Clicks an entry of the menu that opens next, or of a menu below it; has to be called before what opens it,
//! since a menu below a button has an event loop of its own.
inline void chooseFromNextMenu(const QStringList& path)
{
    // Where the pointer has never been anywhere, a menu takes each click for the one that opened it.
    if (QWindow* window = QGuiApplication::focusWindow())
        QTest::mouseMove(window, QPoint(1, 1));
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, left = path]() mutable {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (!menu || !menu->isVisible())
            return;
        for (QAction* action : menu->actions()) {
            const QString name = action->menu() ? action->menu()->objectName() : action->objectName();
            if (name != left.first())
                continue;
            left.removeFirst();
            if (left.isEmpty())
                timer->deleteLater();
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return;
        }
    });
    timer->start(std::chrono::milliseconds(20));
}

} // namespace Tagboat::Testing
