// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/randomimage/randomimage.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "workbench/workbench.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace Tagboat::Testing {

//! The whole program but main(): a real engine on folders of its own, and the window.
class WindowFixture
{
public:
    //! \a home keeps data and settings, so that a second fixture starts where the first ended.
    explicit WindowFixture(const QString& home)
        : m_paths{home + QStringLiteral("/data"), home + QStringLiteral("/config")},
          m_settings(m_paths.configDirectory)
    {
        m_language.setChoice(QStringLiteral("en"));
        m_workbench = std::make_unique<Workbench>(m_paths);
        m_window = std::make_unique<MainWindow>(*m_workbench, m_settings, theme(), m_language,
                                                m_paths.dataDirectory);
    }
    ~WindowFixture()
    {
        m_window.reset();
        m_workbench->shutdown();
    }

    //! Shows the window and waits until it is there.
    [[nodiscard]] bool show()
    {
        m_window->show();
        return QTest::qWaitForWindowActive(m_window.get());
    }
    [[nodiscard]] static QString storeOf(const QString& home)
    {
        return home + QStringLiteral("/data/images");
    }

    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] Workbench& workbench() { return *m_workbench; }
    [[nodiscard]] Actions& actions() { return m_window->actions(); }
    [[nodiscard]] Language& language() { return m_language; }
    [[nodiscard]] UiSettings& settings() { return m_settings; }
    //! One for the process: it sets the application's style.
    [[nodiscard]] static Theme& theme()
    {
        static Theme theme;
        return theme;
    }

    //! A child by object name, "page/name" for one below another (pages have equal names for equal things);
    //! ends the test where there is none.
    template<typename T>
    [[nodiscard]] T* find(const QString& path) const
    {
        const QWidget* parent = m_window.get();
        const QString above = path.section(u'/', 0, -2);
        if (!above.isEmpty())
            parent = m_window->findChild<QWidget*>(above);
        T* found = parent ? parent->findChild<T*>(path.section(u'/', -1)) : nullptr;
        if (!found)
            qFatal("the window has no %s called %s", T::staticMetaObject.className(), qPrintable(path));
        return found;
    }

private:
    SessionPaths m_paths;
    UiSettings m_settings;
    Language m_language;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Tagboat::Testing
