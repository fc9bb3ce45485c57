// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/uisettings.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

UiSettings::UiSettings(const QString& configDirectory)
    : m_settings(configDirectory + u"/window.ini"_s, QSettings::IniFormat)
{ }

QString UiSettings::theme() const
{
    return m_settings.value(u"theme"_s, u"system"_s).toString();
}

void UiSettings::setTheme(const QString& theme)
{
    m_settings.setValue(u"theme"_s, theme);
}

QString UiSettings::language() const
{
    return m_settings.value(u"language"_s, u"system"_s).toString();
}

void UiSettings::setLanguage(const QString& language)
{
    m_settings.setValue(u"language"_s, language);
}

QByteArray UiSettings::state(const QString& name) const
{
    return m_settings.value(name).toByteArray();
}

void UiSettings::setState(const QString& name, const QByteArray& state)
{
    m_settings.setValue(name, state);
}

bool UiSettings::flag(const QString& name, bool fallback) const
{
    return m_settings.value(name, fallback).toBool();
}

void UiSettings::setFlag(const QString& name, bool value)
{
    m_settings.setValue(name, value);
}

} // namespace Tagboat
