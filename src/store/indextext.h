// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace Tagboat {

//! The text of an index.json in its parts.
struct IndexText
{
    QByteArray frame;                    //!< the document without its "manifests"
    std::vector<QByteArrayView> entries; //!< each an object, in order; they point into the text
};

//! What nearly every entry of index.json consists of, and nothing but that.
struct PlainEntry
{
    QByteArrayView mediaType, digest;
    qint64 size = -1;
    QByteArrayView refName, containerdName; //!< null where there is none
};

/*!
 * \brief Finds the entries of an index.json without making values of all that is in it.
 *
 * An index of fifty thousand names is twelve megabytes, and taken apart by QJsonDocument a hundred, in four
 * times the time. This takes well-formed UTF-8 JSON only (RFC 8259) with one list of objects as "manifests";
 * nothing where there is anything else: the full parser then knows what to say.
 */
[[nodiscard]] std::optional<IndexText> splitIndex(const QByteArray& text);

//! Reads an entry that splitIndex() found; nothing where it has members or escapes that are not plain, for
//! the full parser to read.
[[nodiscard]] std::optional<PlainEntry> readPlainEntry(QByteArrayView entry);

} // namespace Tagboat
