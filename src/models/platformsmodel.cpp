// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/platformsmodel.h"

#include "models/artifacttext.h"
#include "models/imagenames.h"
#include "models/text.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

PlatformsModel::PlatformsModel(QObject* parent) : QAbstractTableModel(parent) { }

void PlatformsModel::setInside(const ImageInside& inside)
{
    QList<Row> rows;
    const auto addAttestations = [&rows](const QList<InsideAttestation>& attestations,
                                         const Platform& platform) {
        for (const InsideAttestation& one : attestations)
            rows.append({.manifest = one.manifest,
                         .platform = platform,
                         .size = one.manifest.size,
                         .isPresent = one.isPresent,
                         .hasManifest = one.isPresent,
                         .isAttestation = true,
                         .predicates = one.predicates});
    };
    for (const InsidePlatform& platform : inside.platforms) {
        rows.append({.manifest = platform.manifest,
                     .platform = platform.platform,
                     .size = platform.size,
                     .isPresent = platform.isPresent,
                     .hasManifest = platform.hasManifest});
        addAttestations(platform.attestations, platform.platform);
    }
    addAttestations(inside.attestations, {});
    if (rows == m_rows)
        return; // what was chosen stays chosen
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void PlatformsModel::clear()
{
    setInside({});
}

int PlatformsModel::rowOf(const Tagboat::Digest& manifest) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].manifest.digest == manifest)
            return row;
    }
    return -1;
}

void PlatformsModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

QString PlatformsModel::nameOf(const Row& row) const
{
    if (!row.isAttestation)
        return platformText(row.platform);
    return row.platform.isEmpty() ? tr("attestation")
                                  : tr("attestation of %1", "linux/amd64").arg(row.platform.toString());
}

Badge PlatformsModel::stateOf(const Row& row) const
{
    if (row.isPresent)
        return {tr("here"), Tone::Ok};
    if (row.hasManifest)
        return {tr("incomplete"), Tone::Warning, tr("Some of its layers are not on this computer.")};
    return {tr("not here"), Tone::Normal, tr("It was not pulled: only its entry in the index is here.")};
}

int PlatformsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PlatformsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PlatformsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Name:
            return row.isAttestation ? QString(u"      "_s + nameOf(row)) : nameOf(row);
        case Digest:
            return QString(row.manifest.digest.algorithm() + u':' + row.manifest.digest.hex().first(12));
        case Size:
            // What a platform that is not here would take nobody here knows.
            return formatBytes(row.hasManifest || row.isAttestation ? row.size : -1);
        default:
            return {};
        }
    case Qt::AccessibleTextRole:
        return column == State ? QVariant(stateOf(row).text)
            : column == Name   ? QVariant(QString(nameOf(row) + u", "_s + stateOf(row).text))
                               : QVariant();
    case Qt::ToolTipRole:
        switch (column) {
        case Digest:
            return row.manifest.digest.toString();
        case Size:
            return row.isAttestation || !row.hasManifest ? tr("Of the manifest alone")
                                                         : tr("Manifest, config and layers");
        case State:
            return stateOf(row).toolTip;
        default:
            return row.predicates.join(u'\n');
        }
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Role::Monospace:
        return column == Digest;
    case Role::TextTone:
        return QVariant::fromValue(row.isAttestation || !row.hasManifest ? Tone::Muted : Tone::Normal);
    case Role::Badges: {
        QList<Badge> badges;
        if (column == State)
            badges.append(stateOf(row));
        for (const QString& predicate : row.predicates) {
            if (column == Name)
                badges.append({predicateText(predicate), Tone::Info, predicate});
        }
        return QVariant::fromValue(badges);
    }
    case Role::CopyText:
        return column == Digest ? row.manifest.digest.toString()
            : column == State   ? stateOf(row).text
            : column == Name    ? nameOf(row)
                                : data(index, Qt::DisplayRole).toString();
    case ManifestDigest:
        return row.manifest.digest.toString();
    case IsAttestation:
        return row.isAttestation;
    case IsHere:
        return row.isPresent;
    case PlatformText:
        return row.platform.toString();
    default:
        return {};
    }
}

QVariant PlatformsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Platform");
    case Digest:
        return tr("Digest");
    case Size:
        return tr("Size");
    case State:
        return tr("On this computer");
    default:
        return {};
    }
}

} // namespace Tagboat
