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
//! All of standard input but its last line break, as docker's --password-stdin takes it: a password may be a
//! key file of many lines. InvalidInput over 64 KiB.
[[nodiscard]] Result<QString> pipedSecret();

} // namespace Tagboat::Terminal
