// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filetext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct FileWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Files)
};

constexpr QChar EnDash(0x2013);

//! Would be taken for something else on the screen, or not be seen at all.
bool isTreacherous(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // the marks that turn the direction of writing are among them
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

} // namespace

QString shownFileName(const QString& name)
{
    if (std::ranges::none_of(name, isTreacherous))
        return name;
    QString shown;
    for (const QChar c : name) {
        if (!isTreacherous(c))
            shown += c;
        else if (c.unicode() < 0x100)
            shown += u"\\x%1"_s.arg(uint(c.unicode()), 2, 16, QLatin1Char('0'));
        else
            shown += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QLatin1Char('0'));
    }
    return shown;
}

QString formatPermissions(quint32 mode)
{
    static constexpr quint32 SetUser = 04000, SetGroup = 02000, Sticky = 01000;
    QString text = u"rwxrwxrwx"_s;
    for (int i = 0; i < 9; ++i) {
        if (!(mode & (0400U >> i)))
            text[i] = u'-';
    }
    const auto special = [&](quint32 bit, int at, char16_t letter) {
        if (mode & bit)
            text[at] = text[at] == u'-' ? QChar(letter).toUpper() : QChar(letter);
    };
    special(SetUser, 2, u's');
    special(SetGroup, 5, u's');
    special(Sticky, 8, u't');
    return text;
}

QString formatFileKind(FileNode::Kind kind)
{
    switch (kind) {
    case FileNode::Kind::Folder:
        return FileWords::tr("folder");
    case FileNode::Kind::File:
        return FileWords::tr("file");
    case FileNode::Kind::SymbolicLink:
        return FileWords::tr("link");
    case FileNode::Kind::HardLink:
        return FileWords::tr("hard link");
    case FileNode::Kind::CharacterDevice:
    case FileNode::Kind::BlockDevice:
        return FileWords::tr("device");
    case FileNode::Kind::Fifo:
        return FileWords::tr("pipe");
    }
    return {};
}

QString formatFileChange(FileNode::Change change)
{
    switch (change) {
    case FileNode::Change::Added:
        return FileWords::tr("added");
    case FileNode::Change::Changed:
        return FileWords::tr("changed");
    case FileNode::Change::Deleted:
        return FileWords::tr("deleted");
    case FileNode::Change::None:
        break;
    }
    return {};
}

Tone toneOf(FileNode::Change change)
{
    switch (change) {
    case FileNode::Change::Added:
        return Tone::Ok;
    case FileNode::Change::Changed:
        return Tone::Info;
    case FileNode::Change::Deleted:
        return Tone::Error;
    case FileNode::Change::None:
        break;
    }
    return Tone::Normal;
}

QString formatFileCount(int count)
{
    return FileWords::tr("%Ln file(s)", nullptr, count);
}

QString formatFileTime(qint64 secondsSinceEpoch)
{
    static constexpr qint64 Day = 86'400;
    // What no calendar holds: a number that somebody made up.
    static constexpr qint64 Latest = 253'402'300'799;
    if (secondsSinceEpoch <= Day || secondsSinceEpoch > Latest)
        return EnDash;
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(secondsSinceEpoch), QLocale::ShortFormat);
}

bool hasContent(const FileNode& node)
{
    return node.kind == FileNode::Kind::File || node.kind == FileNode::Kind::HardLink
        || node.kind == FileNode::Kind::SymbolicLink;
}

} // namespace Tagboat
