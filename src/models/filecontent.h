// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Tagboat {

//! Text as it was found in a file.
struct FileText
{
    QString text;                              //!< line ends as \n
    QString encoding;                          //!< "UTF-8", "UTF-16"
    bool hasBrokenLines = false;               //!< lines above MaxLine have line breaks put in
    static constexpr qsizetype MaxLine = 4000; //!< characters; text views become slow with more
};

//! The text in \a bytes: UTF-8, or UTF-16 with a byte order mark, without NUL. Nothing where it is something
//! else. \a isCutOff: the file goes on, so that the last character may not be whole.
[[nodiscard]] std::optional<FileText> textOf(const QByteArray& bytes, bool isCutOff);

} // namespace Tagboat
