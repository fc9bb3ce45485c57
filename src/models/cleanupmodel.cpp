// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/cleanupmodel.h"

#include "models/imagenames.h"
#include "models/roles.h"
#include "models/rowdiff.h"
#include "models/text.h"
#include "oci/referrer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qsizetype MostListed = 20; // of names or files in a tool tip

QString keyOf(const CleanUpItem& item)
{
    const QString what = item.kind == CleanUpItem::Kind::Files
        ? (item.files.size() == 1 ? item.files.first().path : QString())
        : item.target.toString() + (item.kind == CleanUpItem::Kind::Name ? item.names.first() : QString());
    return QString::number(int(item.kind)) + u' '
        + (item.kind == CleanUpItem::Kind::Files ? QString::number(item.reasons.toInt()) : QString()) + u' '
        + what;
}

//! "gallery/ui:2.0, 2.0.9": of further names of one repository the tags.
QString joined(const QStringList& familiarNames)
{
    QStringList texts;
    QString repository;
    for (const QString& name : familiarNames) {
        const auto colon = name.lastIndexOf(u':');
        const QString mine = colon > name.lastIndexOf(u'/') ? name.first(colon) : name;
        texts.append(mine == repository && colon > 0 ? name.sliced(colon + 1) : name);
        repository = mine;
    }
    return texts.join(u", "_s);
}

QString listed(const QStringList& lines)
{
    QStringList shown = lines.first(std::min(lines.size(), MostListed));
    if (lines.size() > MostListed)
        shown.append(u"…"_s);
    return shown.join(u'\n');
}

} // namespace

CleanUpModel::CleanUpModel(QObject* parent) : QAbstractTableModel(parent) { }

QStringList CleanUpModel::Row::names() const
{
    StoredImage image;
    image.names = shown.names;
    QStringList familiar;
    for (const ShownName& name : shownNames(image))
        familiar.append(name.familiar);
    return familiar;
}

void CleanUpModel::setPlan(const CleanUpPlan& plan)
{
    m_plan = plan;
    QList<Row> wanted;
    for (int i = 0; i < plan.items.size(); ++i) {
        if (!plan.items.at(i).isPart)
            wanted.append(Row{keyOf(plan.items.at(i)), i, true, plan.items.at(i)});
    }
    std::vector<bool> flags = plan.all();
    for (const Row& row : std::as_const(wanted))
        flags[size_t(row.item)] = !m_kept.contains(row.key);
    m_closed = plan.closed(std::move(flags));
    for (Row& row : wanted)
        row.isChosen = m_closed[size_t(row.item)];

    RowChanges changes;
    changes.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); };
    const auto key = [](const Row& row) { return row.key; };
    updateRows(
        m_rows, wanted, key, key, [](const Row& row) { return row; },
        [](Row& row, const Row& value) {
            row = value;
            return true;
        },
        changes);
    recount();
}

std::vector<bool> CleanUpModel::chosen() const
{
    return m_closed;
}

int CleanUpModel::chosenRows() const
{
    return int(std::ranges::count(m_rows, true, &Row::isChosen));
}

void CleanUpModel::recount()
{
    std::vector<bool> flags = m_plan.all();
    for (const Row& row : m_rows)
        flags[size_t(row.item)] = !m_kept.contains(row.key);
    m_closed = m_plan.closed(std::move(flags));
    m_sum = m_plan.sumOf(m_closed);
    m_shared = m_sum.bytes;
    for (Row& row : m_rows) {
        row.isChosen = m_closed[size_t(row.item)];
        if (row.isChosen)
            m_shared -= row.shown.bytes;
    }
    Q_EMIT sumChanged();
}

void CleanUpModel::setAllChosen(bool chosen)
{
    for (const Row& row : m_rows) {
        if (chosen)
            m_kept.remove(row.key);
        else
            m_kept.insert(row.key);
    }
    recount();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CleanUpModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CleanUpModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant CleanUpModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == SizeColumn || section == FreesColumn))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == FreesColumn)
        return tr("What comes free by this line alone. What several lines share comes free only when all of "
                  "them go, and stands in the sum.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("What would go");
    case WhyColumn:
        return tr("Why");
    case CreatedColumn:
        return tr("Created");
    case SizeColumn:
        return tr("Size");
    default:
        return tr("Frees");
    }
}

Qt::ItemFlags CleanUpModel::flags(const QModelIndex& index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == WhatColumn && m_rows[size_t(index.row())].shown.hosts.isEmpty())
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool CleanUpModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable))
        return false;
    const Row& row = m_rows[size_t(index.row())];
    if (value.toInt() == Qt::Checked)
        m_kept.remove(row.key);
    else
        m_kept.insert(row.key);
    recount();
    // What is attached to it changes, too.
    Q_EMIT dataChanged(this->index(0, 0), this->index(rowCount() - 1, ColumnCount - 1));
    return true;
}

QVariant CleanUpModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[size_t(index.row())];
    if (role == Role::TextTone && !row.isChosen)
        return QVariant::fromValue(Tone::Muted);
    switch (index.column()) {
    case WhatColumn:
        return what(row, role);
    case WhyColumn:
        return why(row, role);
    default:
        return figure(row, index.column(), role);
    }
}

QVariant CleanUpModel::what(const Row& row, int role) const
{
    const CleanUpItem& item = row.shown;
    QString text;
    QStringList details;
    switch (item.kind) {
    case CleanUpItem::Kind::Image:
        text = item.names.isEmpty() ? item.id.shortHex() : joined(row.names());
        details = row.names() + QStringList{item.target.toString()};
        break;
    case CleanUpItem::Kind::Name:
        text = row.names().join(u", "_s);
        details = {tr("Only the name %1 goes. The image stays, called:").arg(text)};
        for (const QString& name : item.keptNames)
            details.append(ShownName::of(name).familiar);
        break;
    case CleanUpItem::Kind::Files: {
        const int count = int(item.files.size());
        if (item.reasons.testFlag(CleanUpReason::Unreferenced))
            text = tr("%n blob(s)", nullptr, count);
        else if (item.reasons.testFlag(CleanUpReason::Abandoned))
            text = tr("%n abandoned download(s)", nullptr, count);
        else
            text = tr("Download of %1").arg(item.files.first().digest.shortHex());
        for (const CleanUpItem::File& file : item.files) {
            const QString name = file.digest.isNull() ? file.path.sliced(file.path.lastIndexOf(u'/') + 1)
                                                      : file.digest.toString();
            details.append(u"%1 · %2"_s.arg(name, formatBytes(file.size)));
        }
        break;
    }
    }
    switch (role) {
    case Qt::DisplayRole:
    case Role::SortKey:
        return text;
    case Qt::CheckStateRole:
        return row.isChosen ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        return listed(details);
    case Role::CopyText:
        return item.kind == CleanUpItem::Kind::Image && item.names.isEmpty() ? item.target.toString() : text;
    case Role::Monospace:
        return item.kind == CleanUpItem::Kind::Image && item.names.isEmpty();
    case Role::Badges:
        return item.isArtifact ? QVariant::fromValue(QList<Badge>{
                                     {formatReferrerKind(referrerKind(item.artifactType)), Tone::Info}})
                               : QVariant();
    default:
        return {};
    }
}

QVariant CleanUpModel::why(const Row& row, int role) const
{
    if (role != Role::Badges && role != Qt::AccessibleTextRole && role != Role::SortKey
        && role != Role::CopyText)
        return {};
    const CleanUpReasons reasons = row.shown.reasons;
    QList<Badge> badges;
    if (reasons.testFlag(CleanUpReason::Untagged))
        badges.append({tr("untagged"), Tone::Muted, tr("No name leads to it")});
    if (reasons.testFlag(CleanUpReason::OldVersion))
        badges.append({tr("old version"), Tone::Info, tr("As many newer versions as shall stay are here")});
    if (reasons.testFlag(CleanUpReason::Older)) {
        const bool byPull = m_plan.rules.ageBy == CleanUpRules::Age::Pulled;
        badges.append({byPull ? tr("not pulled lately") : tr("old"), Tone::Info,
                       tr("Last came to this computer: %1").arg(formatMoment(row.shown.pulled))});
    }
    if (reasons.testFlag(CleanUpReason::Attached)) {
        const QString subject =
            row.shown.subjectName.isEmpty() ? QString() : ShownName::of(row.shown.subjectName).familiar;
        badges.append({subject.isEmpty() ? tr("belongs to one that goes") : tr("belongs to %1").arg(subject),
                       Tone::Muted, tr("Goes with the image that it is about, and only then")});
    }
    if (reasons.testFlag(CleanUpReason::Unreferenced))
        badges.append({tr("no image needs them"), Tone::Muted});
    if (reasons.testFlag(CleanUpReason::Abandoned))
        badges.append({tr("left behind"), Tone::Muted, tr("Nobody is going to go on with them")});
    if (reasons.testFlag(CleanUpReason::Unfinished))
        badges.append({tr("broke off"), Tone::Warning, tr("The next pull of the image would go on with it")});
    if (row.shown.kind == CleanUpItem::Kind::Name)
        badges.append(
            {tr("only the name"), Tone::Normal, tr("Other names hold the image; nothing comes free")});
    if (role == Role::Badges)
        return QVariant::fromValue(badges);
    QStringList texts;
    for (const Badge& badge : std::as_const(badges))
        texts.append(badge.text);
    return texts.join(u", "_s);
}

QVariant CleanUpModel::figure(const Row& row, int column, int role) const
{
    const CleanUpItem& item = row.shown;
    const bool isName = item.kind == CleanUpItem::Kind::Name;
    if (column == CreatedColumn) {
        if (role == Qt::DisplayRole)
            return item.kind == CleanUpItem::Kind::Files ? QString() : formatAge(item.created);
        if (role == Qt::ToolTipRole && item.kind != CleanUpItem::Kind::Files)
            return formatMoment(item.created);
        return role == Role::SortKey ? QVariant(item.created) : QVariant();
    }
    const qint64 bytes = column == SizeColumn ? item.size : isName ? 0 : item.bytes;
    switch (role) {
    case Qt::DisplayRole:
        return formatBytes(bytes);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Role::SortKey:
        return bytes;
    default:
        return {};
    }
}

} // namespace Tagboat
