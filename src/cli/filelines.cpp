// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/filelines.h"

#include "cli/figures.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Kind = FileNode::Kind;
using Change = FileNode::Change;

QLatin1StringView nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Folder:
        return "folder"_L1;
    case Kind::File:
        return "file"_L1;
    case Kind::SymbolicLink:
        return "symlink"_L1;
    case Kind::HardLink:
        return "hardlink"_L1;
    case Kind::CharacterDevice:
        return "chardevice"_L1;
    case Kind::BlockDevice:
        return "blockdevice"_L1;
    case Kind::Fifo:
        return "fifo"_L1;
    }
    return {};
}

QLatin1StringView nameOf(Change change)
{
    switch (change) {
    case Change::None:
        return "none"_L1;
    case Change::Added:
        return "added"_L1;
    case Change::Changed:
        return "changed"_L1;
    case Change::Deleted:
        return "deleted"_L1;
    }
    return {};
}

//! "-rwsr-xr-x", as ls writes it.
void appendMode(QString& line, const FileNode& node)
{
    constexpr QLatin1StringView Kinds("d-lhcbp");
    line += Kinds[static_cast<qsizetype>(node.kind)];
    constexpr QLatin1StringView Letters("rwxrwxrwx");
    for (int bit = 0; bit < 9; ++bit) {
        const bool isSet = node.mode & (0400U >> bit);
        const bool isRun = bit % 3 == 2;
        const quint32 special = node.mode & (04000U >> (bit / 3));
        if (isRun && special)
            line += bit == 8 ? QChar(isSet ? u't' : u'T') : QChar(isSet ? u's' : u'S');
        else
            line += isSet ? QChar(Letters[bit]) : u'-';
    }
}

void appendPadded(QString& line, const QString& text, qsizetype width)
{
    line.resize(line.size() + std::max(width - text.size(), qsizetype(0)), u' ');
    line += text;
}

//! Of at most four digits.
void appendNumber(QString& line, int value, int digits)
{
    // A hundred thousand lines are written in one go: no text is made on the way.
    char16_t text[4];
    for (int i = digits; i-- > 0; value /= 10)
        text[i] = static_cast<char16_t>(u'0' + value % 10);
    line += QStringView(text, digits);
}

//! In universal time, so that every machine shows the same.
void appendTime(QString& line, qint64 seconds)
{
    using namespace std::chrono;
    // Years of four digits; what a hostile layer says beyond is shown as their end.
    const qint64 shown = std::clamp(seconds, qint64(-62'135'596'800), qint64(253'402'300'799));
    const sys_seconds time{std::chrono::seconds(shown)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    appendNumber(line, int(date.year()), 4);
    line += u'-';
    appendNumber(line, static_cast<int>(unsigned(date.month())), 2);
    line += u'-';
    appendNumber(line, static_cast<int>(unsigned(date.day())), 2);
    line += u' ';
    appendNumber(line, static_cast<int>(clock.hours().count()), 2);
    line += u':';
    appendNumber(line, static_cast<int>(clock.minutes().count()), 2);
}

} // namespace

QList<int> nodesBelow(const FileTree& tree, int from, bool changesOnly)
{
    QList<int> nodes;
    std::vector<int> waiting{from};
    while (!waiting.empty()) {
        const int at = waiting.back();
        waiting.pop_back();
        const FileNode& node = tree.node(at);
        const bool isShown = at > 0 && (!changesOnly || node.change != Change::None);
        if (isShown && (at != from || node.kind != Kind::Folder))
            nodes.append(at);
        for (int child = node.firstChild + node.childCount; --child >= node.firstChild;)
            waiting.push_back(child);
    }
    return nodes;
}

QString linesOf(const FileTree& tree, const QList<int>& nodes, bool withChanges)
{
    constexpr QLatin1StringView Letters(" ACD");
    QString lines;
    lines.reserve(nodes.size() * 80);
    for (const int position : nodes) {
        const FileNode& node = tree.node(position);
        if (withChanges) {
            lines += Letters[static_cast<qsizetype>(node.change)];
            lines += u' ';
        }
        appendMode(lines, node);
        appendPadded(lines, QString::number(node.user) + u':' + QString::number(node.group), 10);
        appendPadded(lines, bytesText(node.change == Change::Deleted ? node.sizeBefore : node.size), 9);
        lines += u' ';
        appendTime(lines, node.modified);
        lines += u' ';
        lines += tree.pathOf(position);
        if (node.kind == Kind::Folder)
            lines += u'/';
        if (!node.linkTarget.isEmpty())
            lines += (node.kind == Kind::HardLink ? u" is "_s : u" -> "_s) + node.linkTarget;
        if (node.isOpaque)
            lines += u" (hides what was in it)"_s;
        lines += u'\n';
    }
    return lines;
}

QJsonObject jsonOf(const FileTree& tree, int position)
{
    const FileNode& node = tree.node(position);
    QJsonObject object{{"path"_L1, tree.pathOf(position)},
                       {"kind"_L1, nameOf(node.kind)},
                       {"size"_L1, node.size},
                       {"mode"_L1, static_cast<qint64>(node.mode)},
                       {"user"_L1, static_cast<qint64>(node.user)},
                       {"group"_L1, static_cast<qint64>(node.group)},
                       {"modified"_L1, node.modified},
                       {"layer"_L1, node.layer + 1}};
    if (node.change != Change::None)
        object.insert("change"_L1, nameOf(node.change));
    if (node.sizeBefore > 0)
        object.insert("sizeBefore"_L1, node.sizeBefore);
    if (node.wasted > 0)
        object.insert("wasted"_L1, node.wasted);
    if (!node.linkTarget.isEmpty())
        object.insert("target"_L1, node.linkTarget);
    if (node.isOpaque)
        object.insert("opaque"_L1, true);
    return object;
}

ChangeCounts changesOf(const FileTree& tree)
{
    ChangeCounts counts;
    for (const FileNode& node : tree.nodes()) {
        if (node.kind == Kind::Folder)
            continue;
        switch (node.change) {
        case Change::Added:
            ++counts.added;
            counts.addedBytes += node.size;
            break;
        case Change::Changed:
            ++counts.changed;
            counts.changedBytes += node.size;
            break;
        case Change::Deleted:
            ++counts.deleted;
            counts.deletedBytes += node.sizeBefore;
            break;
        case Change::None:
            break;
        }
    }
    return counts;
}

} // namespace Tagboat
