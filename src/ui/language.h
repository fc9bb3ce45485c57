// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>

namespace Tagboat {

//! The window's language, changed while it runs: Qt tells every widget by a LanguageChange event.
class Language : public QObject
{
    Q_OBJECT

public:
    explicit Language(QObject* parent = nullptr);
    //! "system", "en" or "ko"; anything else counts as "system".
    void setChoice(const QString& choice);
    [[nodiscard]] const QString& choice() const { return m_choice; }
    [[nodiscard]] const QString& current() const { return m_current; } //!< "en" or "ko"

private:
    void load(const QString& language);
    QString m_choice;
    QString m_current;
    QTranslator m_translator;
    QTranslator m_qtTranslator; //!< Qt's own dialogs
};

} // namespace Tagboat
