// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"

#include <QJsonObject>
#include <QString>

namespace Tagboat {

/*!
 * \brief What the program says: results to standard output, everything else to standard error.
 *
 * With `--json` standard output holds one JSON object a line and nothing else: events (`"type"` progress,
 * note) and, last, exactly one `result` or `error`.
 */
class Output
{
public:
    explicit Output(bool isJson, bool isVerbose) : m_json(isJson), m_verbose(isVerbose) { }

    [[nodiscard]] bool isJson() const { return m_json; }
    [[nodiscard]] bool isVerbose() const { return m_verbose; }

    //! Text of a result; nothing with `--json`.
    void text(const QString& text) const;
    void line(const QString& text) const { this->text(text + u'\n'); }
    //! The result as JSON; nothing without `--json`. Once, at the end of a command.
    void result(QLatin1StringView command, QJsonObject members) const;
    //! An object on the way to the result; nothing without `--json`.
    void event(QLatin1StringView type, QJsonObject members) const;
    //! What a person should know beside the result.
    void note(const QString& text) const;
    //! An error with its remedy. \a isLast: it is the end of the command, not one of several.
    void error(const Error& error, bool isLast = true);
    //! What to do about the next error, in place of its usual remedy; empty: that one.
    void advise(const QString& text) { m_advice = text; }
    //! A wrong command line.
    void usage(const Error& error, const QString& usage) const;

private:
    bool m_json;
    bool m_verbose;
    QString m_advice;
};

//! Writes to standard error at once.
void writeError(const QString& text);

} // namespace Tagboat
