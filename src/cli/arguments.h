// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace Tagboat {

//! An option that a command, or every command, takes.
struct OptionSpec
{
    QLatin1StringView name;  //!< without dashes
    char letter = 0;         //!< 0: no short form
    QLatin1StringView value; //!< name of its value in the help; empty: a switch
    QLatin1StringView help;
};

//! What follows a command's name, taken apart.
class Arguments
{
public:
    //! Splits \a words by \a options: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-ab`; `--` ends
    //! options. InvalidInput names the word that fits nothing.
    [[nodiscard]] static Result<Arguments> parse(const QStringList& words, const QList<OptionSpec>& options);

    [[nodiscard]] const QStringList& operands() const { return m_operands; }
    [[nodiscard]] QString operand(qsizetype index) const { return m_operands.value(index); }
    [[nodiscard]] bool has(QLatin1StringView option) const { return m_values.contains(option); }
    //! The last one given, or empty.
    [[nodiscard]] QString value(QLatin1StringView option) const { return m_values.value(option).value(0); }
    [[nodiscard]] QStringList values(QLatin1StringView option) const { return m_values.value(option); }

private:
    QStringList m_operands;
    QHash<QString, QStringList> m_values; //!< last one first
};

} // namespace Tagboat
