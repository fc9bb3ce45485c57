// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "windowfixture.h"

#include "support/registryprocess/registryprocess.h"
#include "ui/sidebar.h"

#include <QDialog>
#include <QProcess>
#include <QStackedWidget>

//! What tests of the window in front of a registry have in common.
namespace Tagboat::Testing {

//! The dialog that is open over \a window, if any.
template<typename T = QDialog>
T* openDialog(const QWidget& window)
{
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
        if (dialog->isVisible())
            return qobject_cast<T*>(dialog);
    }
    return nullptr;
}

//! \a name: "localhost:5000/gallery/ui:2.1".
[[nodiscard]] inline bool pushBySkopeo(const RandomImage& image, const QString& name)
{
    const QTemporaryDir folder;
    image.writeLayout(folder.path() + QStringLiteral("/layout"), {QStringLiteral("it")});
    QProcess skopeo;
    skopeo.start(QStringLiteral("skopeo"),
                 {QStringLiteral("copy"), QStringLiteral("--all"), QStringLiteral("--dest-tls-verify=false"),
                  QStringLiteral("oci:") + folder.path() + QStringLiteral("/layout:it"),
                  QStringLiteral("docker://") + name});
    if (skopeo.waitForFinished(60'000) && skopeo.exitCode() == 0)
        return true;
    qWarning("%s", skopeo.readAllStandardError().constData());
    return false;
}

//! Adds an account without a login and chooses it in the sidebar.
[[nodiscard]] inline bool openRegistry(WindowFixture& app, const QString& host)
{
    LoginRequest login;
    login.profile.name = QStringLiteral("Test registry");
    login.profile.registry = host;
    login.profile.type = RegistryType::SelfHosted;
    const auto saved = app.workbench().saveLogin(login);
    if (!QTest::qWaitFor([&] { return saved.isFinished(); }, 20'000) || !saved.result())
        return false;
    app.find<Sidebar>(QStringLiteral("sidebar"))->choose(SidebarModel::Place::Registry, saved.result()->id);
    return app.find<QStackedWidget>(QStringLiteral("pages"))->currentWidget()->objectName()
        == QLatin1StringView("registryPage");
}

} // namespace Tagboat::Testing
