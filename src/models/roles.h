// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <Qt>

namespace Tagboat {

//! What a badge or a text wants to say; the theme gives it colours.
enum class Tone { Normal, Muted, Ok, Warning, Error, Info };

//! A small rounded label beside a text.
struct Badge
{
    QString text;
    Tone tone = Tone::Normal;
    QString toolTip = {};
    friend bool operator==(const Badge&, const Badge&) = default;
};

//! A range of the display text that is set in bold.
struct Emphasis
{
    int start = 0;
    int length = 0;
    friend bool operator==(const Emphasis&, const Emphasis&) = default;
};

//! Roles that every model may offer and every delegate understands. A delegate knows these, never what a row
//! is about.
namespace Role {
enum : int {
    Badges = Qt::UserRole + 1,         //!< QList<Badge>
    BoldRange,                         //!< Emphasis
    TextTone,                          //!< Tone
    Monospace,                         //!< bool
    SortKey,                           //!< what a proxy sorts by
    Subtitle,                          //!< QString, second line
    Count,                             //!< QString at the right edge
    StatusTone,                        //!< Tone of a status dot
    Progress,                          //!< double 0…1 of a bar; negative or absent: none
    IconName,                          //!< QString, name of a bundled icon
    IsGroup,                           //!< bool: a heading, not to be chosen
    CopyText,                          //!< QString that Copy puts on the clipboard
    FirstOwnRole = Qt::UserRole + 100, //!< where a model's own roles begin
};
} // namespace Role

} // namespace Tagboat

Q_DECLARE_METATYPE(Tagboat::Tone)
Q_DECLARE_METATYPE(Tagboat::Badge)
Q_DECLARE_METATYPE(Tagboat::Emphasis)
