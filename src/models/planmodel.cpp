// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/planmodel.h"

#include "models/roles.h"
#include "models/text.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Eight digits tell layers of one image apart and leave room for the build step.
QString briefHex(const Digest& digest)
{
    return digest.hex().left(8);
}

//! What a blob is, in a word or by the step that made it.
QString partText(const PlannedBlob& blob)
{
    if (blob.isOfReferrer)
        return blob.isConfig ? PlanModel::tr("%1 (configuration)", "of a signature, of an SBOM")
                                   .arg(formatReferrerKind(blob.step))
                             : formatReferrerKind(blob.step);
    return blob.isConfig ? PlanModel::tr("image configuration") : blob.step.simplified();
}

} // namespace

PlanModel::PlanModel(Direction direction, QObject* parent)
    : QAbstractTableModel(parent), m_direction(direction)
{ }

void PlanModel::setPlan(const std::optional<Plan>& plan)
{
    beginResetModel();
    m_plan = plan;
    endResetModel();
}

int PlanModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_plan ? 0 : int(m_plan->blobs.size() + m_plan->names.size());
}

int PlanModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == SizeColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("What will happen");
    case SizeColumn:
        return tr("Size");
    default:
        return {};
    }
}

QVariant PlanModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index) || !m_plan)
        return {};
    const int blobs = int(m_plan->blobs.size());
    if (index.row() < blobs)
        return blobData(m_plan->blobs[index.row()], index.column(), role);
    return nameData(m_plan->names[index.row() - blobs], index.column(), role);
}

QVariant PlanModel::blobData(const PlannedBlob& blob, int column, int role) const
{
    switch (column) {
    case WhatColumn:
        if (role == Qt::DisplayRole)
            return QString(briefHex(blob.descriptor.digest) + u"  "_s + partText(blob));
        if (role == Role::BoldRange && blob.isOfReferrer)
            return QVariant::fromValue(
                Emphasis{int(briefHex(blob.descriptor.digest).size()) + 2, int(partText(blob).size())});
        if (role == Qt::ToolTipRole) {
            const QString more = blob.isOfReferrer
                ? tr("Belongs to what was attached to the image: signatures, SBOMs and the like.")
                : blob.step;
            return QString(blob.descriptor.digest.toString() + u'\n' + more);
        }
        break;
    case SizeColumn:
        if (role == Qt::DisplayRole)
            return formatBytes(blob.descriptor.size);
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        break;
    case ActionColumn:
        if (role == Role::Badges || role == Qt::AccessibleTextRole) {
            Badge badge;
            switch (blob.action) {
            case PlannedBlob::Action::Present:
                badge = {m_direction == Direction::Push ? tr("already there") : tr("already here"), Tone::Ok};
                break;
            case PlannedBlob::Action::Mount:
                badge = {tr("mount from %1").arg(blob.mountFrom), Tone::Ok};
                break;
            case PlannedBlob::Action::Transfer:
                badge = {m_direction == Direction::Push ? tr("upload") : tr("download"), Tone::Normal};
                break;
            }
            return role == Role::Badges ? QVariant::fromValue(QList<Badge>{badge}) : QVariant(badge.text);
        }
        break;
    default:
        break;
    }
    return {};
}

QVariant PlanModel::nameData(const PlannedName& name, int column, int role) const
{
    const bool moves = name.moves(m_plan->root);
    switch (column) {
    case WhatColumn: {
        const QString before = m_direction == Direction::Push ? tr("tag ", "followed by a tag")
                                                              : tr("name ", "followed by a name");
        if (role == Qt::DisplayRole) {
            if (!moves)
                return QString(before + name.name);
            return QString(before + name.name + u"  "_s + briefHex(name.previous->digest) + u" → "_s
                           + briefHex(m_plan->root.digest));
        }
        if (role == Role::BoldRange)
            return QVariant::fromValue(Emphasis{int(before.size()), int(name.name.size())});
        if (role == Qt::ToolTipRole && moves)
            return tr("%1 now points at %2 and will point at %3")
                .arg(name.name, name.previous->digest.toString(), m_plan->root.digest.toString());
        break;
    }
    case ActionColumn:
        if (role == Role::Badges || role == Qt::AccessibleTextRole) {
            Badge badge{tr("new"), Tone::Info};
            if (moves)
                badge = {tr("moves"), Tone::Warning, tr("The name leaves the image it has now.")};
            else if (name.previous)
                badge = {tr("unchanged"), Tone::Ok};
            return role == Role::Badges ? QVariant::fromValue(QList<Badge>{badge}) : QVariant(badge.text);
        }
        break;
    default:
        break;
    }
    return {};
}

} // namespace Tagboat
