// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/layersmodel.h"

#include "models/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Fit to read on one line: blanks of continued lines folded.
QString oneLine(const QString& step)
{
    return step.simplified();
}

//! "sha256:4abcf206", the form in which people compare layers.
QString shortDigest(const Digest& digest)
{
    return digest.isNull() ? QString() : digest.algorithm() + u':' + digest.hex().first(8);
}

} // namespace

LayersModel::LayersModel(QObject* parent) : QAbstractTableModel(parent) { }

void LayersModel::setLayers(const QList<StoredLayer>& layers, const ImageConfig& config,
                            const QHash<Digest, QString>& titles)
{
    const auto rowOf = [&titles](const StoredLayer& layer, const QString& step) {
        Row row{step.isEmpty() ? layer.step : step, true, layer, {}};
        for (const Digest& id : layer.sharedWith)
            row.sharedWith.append(titles.value(id, id.shortHex()));
        row.sharedWith.sort();
        return row;
    };
    QList<Row> rows;
    const auto made = std::ranges::count(config.history, false, &ImageConfig::Step::isEmptyLayer);
    if (made == layers.size()) {
        qsizetype next = 0;
        for (const ImageConfig::Step& step : config.history) {
            const QString text = step.createdBy.isEmpty() ? step.comment : step.createdBy;
            rows.append(step.isEmptyLayer ? Row{text, false, {}, {}} : rowOf(layers[next++], text));
        }
    } else {
        for (const StoredLayer& layer : layers)
            rows.append(rowOf(layer, {}));
    }

    // Another image's layers are other rows: told as a change of what is common and the difference in length.
    const int common = int(qMin(rows.size(), m_rows.size()));
    if (m_rows.size() > rows.size()) {
        beginRemoveRows({}, common, int(m_rows.size()) - 1);
        m_rows.resize(common);
        endRemoveRows();
    }
    std::ranges::copy(rows.first(common), m_rows.begin());
    if (common > 0)
        Q_EMIT dataChanged(index(0, 0), index(common - 1, ColumnCount - 1));
    if (rows.size() > common) {
        beginInsertRows({}, common, int(rows.size()) - 1);
        m_rows = rows;
        endInsertRows();
    }
}

int LayersModel::rowOfLayer(int layer) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).hasLayer && layer-- == 0)
            return row;
    }
    return -1;
}

void LayersModel::clear()
{
    setLayers({}, {}, {});
}

void LayersModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

QList<Badge> LayersModel::badges(const Row& row) const
{
    QList<Badge> badges;
    if (!row.hasLayer)
        return badges;
    if (!row.layer.isPresent)
        badges.append({tr("missing"), Tone::Warning, tr("This layer is not on this computer.")});
    for (const QString& title : row.sharedWith)
        badges.append({title, Tone::Info, tr("%1 holds the same layer; it takes its room once.").arg(title)});
    return badges;
}

int LayersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LayersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LayersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Number:
            return index.row() + 1;
        case Step:
            return oneLine(row.step);
        case Layer:
            return row.hasLayer ? shortDigest(row.layer.descriptor.digest) : tr("no layer");
        case Size:
            return formatBytes(row.hasLayer ? row.layer.descriptor.size : -1);
        case SharedWith:
            return row.hasLayer && row.sharedWith.isEmpty() && row.layer.isPresent ? tr("only here")
                                                                                   : QString();
        default:
            return {};
        }
    case Qt::ToolTipRole:
        switch (column) {
        case Step:
            return row.step;
        case Layer:
            return row.hasLayer ? row.layer.descriptor.digest.toString()
                                : tr("This step changed only the image's settings.");
        case SharedWith:
            return row.sharedWith.join(u'\n');
        default:
            return {};
        }
    case Qt::AccessibleTextRole:
        return column == SharedWith && !row.sharedWith.isEmpty() ? QVariant(row.sharedWith.join(u", "_s))
                                                                 : QVariant();
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Role::Monospace:
        return column == Step || (column == Layer && row.hasLayer);
    case Role::TextTone: {
        const bool quiet = column == SharedWith || (!row.hasLayer && column != Step && column != Number);
        return QVariant::fromValue(quiet ? Tone::Muted : Tone::Normal);
    }
    case Role::Badges:
        return column == SharedWith ? QVariant::fromValue(badges(row)) : QVariant();
    case Role::CopyText:
        switch (column) {
        case Step:
            return row.step;
        case Layer:
            return row.hasLayer ? row.layer.descriptor.digest.toString() : QString();
        case SharedWith:
            return row.sharedWith.join(u'\n');
        default:
            return data(index, Qt::DisplayRole).toString();
        }
    default:
        return {};
    }
}

QVariant LayersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return u"#"_s;
    case Step:
        return tr("Build step");
    case Layer:
        return tr("Layer");
    case Size:
        return tr("Size");
    case SharedWith:
        return tr("Shared with");
    default:
        return {};
    }
}

} // namespace Tagboat
