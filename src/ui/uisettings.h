// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>

namespace Tagboat {

//! What the window remembers: `window.ini` in the configuration folder. No secret, nothing of the engine.
class UiSettings
{
public:
    explicit UiSettings(const QString& configDirectory);

    [[nodiscard]] QString theme() const; //!< "system", "light", "dark"
    void setTheme(const QString& theme);
    [[nodiscard]] QString language() const; //!< "system", "en", "ko"
    void setLanguage(const QString& language);

    //! Geometry, splitters, columns: opaque states by name ("window/geometry", "images/columns").
    [[nodiscard]] QByteArray state(const QString& name) const;
    void setState(const QString& name, const QByteArray& state);
    [[nodiscard]] bool flag(const QString& name, bool fallback) const;
    void setFlag(const QString& name, bool value);

private:
    QSettings m_settings;
};

} // namespace Tagboat
