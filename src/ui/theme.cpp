// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme.h"

#include "ui/colors.h"
#include "ui/flatstyle.h"

#include <QApplication>
#include <QStyle>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace Tagboat {

Theme::Theme(QObject* parent) : QObject(parent)
{
    m_isNative = QApplication::style()->name().compare("fusion"_L1, Qt::CaseInsensitive) != 0;
    if (!m_isNative)
        QApplication::setStyle(new FlatStyle);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::apply);
    apply();
}

void Theme::setChoice(Choice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
    Q_EMIT choiceChanged(choice);
}

void Theme::apply()
{
    if (m_isNative && m_choice == Choice::System) {
        QApplication::setPalette(QApplication::style()->standardPalette());
        return;
    }
    const bool dark = m_choice == Choice::Dark
        || (m_choice == Choice::System
            && QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
    const QPalette palette = dark ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    if (!m_isNative)
        QApplication::setPalette(softSelection(palette), "QAbstractItemView");
}

Theme::Choice Theme::fromString(const QString& text)
{
    if (text.compare("light"_L1, Qt::CaseInsensitive) == 0)
        return Choice::Light;
    return text.compare("dark"_L1, Qt::CaseInsensitive) == 0 ? Choice::Dark : Choice::System;
}

QString Theme::toString(Choice choice)
{
    switch (choice) {
    case Choice::Light:
        return u"light"_s;
    case Choice::Dark:
        return u"dark"_s;
    default:
        return u"system"_s;
    }
}

} // namespace Tagboat
