// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The first of the user's languages that we have; English is what the sources are written in.
QString systemLanguage()
{
    // LANGUAGE is asked for by itself: with LANG=C Qt, unlike gettext, does not look at it.
    QStringList wanted = qEnvironmentVariable("LANGUAGE").split(u':', Qt::SkipEmptyParts);
    wanted += QLocale::system().uiLanguages();
    for (const QString& name : std::as_const(wanted)) {
        if (name.startsWith("ko"_L1))
            return u"ko"_s;
        if (name.startsWith("en"_L1))
            return u"en"_s;
    }
    return u"en"_s;
}

} // namespace

Language::Language(QObject* parent) : QObject(parent) { }

void Language::setChoice(const QString& choice)
{
    m_choice = choice == "en"_L1 || choice == "ko"_L1 ? choice : u"system"_s;
    const QString language = m_choice == "system"_L1 ? systemLanguage() : m_choice;
    if (language != m_current)
        load(language);
}

void Language::load(const QString& language)
{
    m_current = language;
    // Dates and figures go with the words, unless the system's own locale already fits them.
    const QLocale system = QLocale::system();
    const QLocale locale(language);
    // Where only LANGUAGE is set, the system calls itself by that language and writes dates in another.
    const bool fits = system.language() == locale.language() && system.dayName(1) == locale.dayName(1);
    QLocale::setDefault(fits ? system : locale);
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    if (m_qtTranslator.load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTranslator);
    // English has a file too: its plural forms.
    if (m_translator.load(u":/tagboat/translations/tagboat_"_s + language))
        QCoreApplication::installTranslator(&m_translator);
}

} // namespace Tagboat
