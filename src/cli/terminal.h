// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QString>

// What is particular to terminals of Unix stands in this file's .cpp alone.
namespace Tagboat::Terminal {

//! Lines of progress can be redrawn on standard error.
[[nodiscard]] bool isErrorTerminal();
[[nodiscard]] bool isInputTerminal();
struct Size
{
    int columns = 80;
    int rows = 24;
};
[[nodiscard]] Size size();

//! Asks on the terminal itself, whatever standard input is. Unsupported where there is none, Cancelled on
//! Ctrl+C.
[[nodiscard]] Result<QString> ask(const QString& prompt, bool withEcho);
//! The first line of standard input (a password that is piped in).
[[nodiscard]] Result<QString> firstInputLine();

} // namespace Tagboat::Terminal
