// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QStyle;

namespace Tagboat {

/*!
 * \brief Light or dark: applies palettes to the application, follows the system unless told otherwise.
 *
 * Where the desktop brings a style of its own (Breeze, …), style and palette are left as they are as long as
 * the choice is System. Elsewhere Fusion is drawn flat (FlatStyle) with our palettes.
 */
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    explicit Theme(QObject* parent = nullptr);
    void setChoice(Choice choice);
    [[nodiscard]] Choice choice() const { return m_choice; }

    [[nodiscard]] static Choice fromString(const QString& text); //!< "light", "dark", else System
    [[nodiscard]] static QString toString(Choice choice);

Q_SIGNALS:
    void choiceChanged(Tagboat::Theme::Choice choice);

private:
    void apply();
    bool m_isNative = false;
    Choice m_choice = Choice::System;
};

} // namespace Tagboat
