// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/layersmodel.h"

#include "models/text.h"
#include "oci/mediatype.h"

#include <QLocale>

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

//! What BuildKit writes there is no comment of anybody.
QString commentOf(const ImageConfig::Step& step)
{
    const bool isOfBuilder = step.comment.startsWith("buildkit."_L1);
    return isOfBuilder || step.comment == step.createdBy || step.createdBy.isEmpty()
        ? QString()
        : step.comment.simplified();
}

QString cut(const QString& text, qsizetype most)
{
    return text.size() > most ? text.first(most) + u'…' : text;
}

} // namespace

LayersModel::LayersModel(QObject* parent) : QAbstractTableModel(parent) { }

void LayersModel::setLayers(const QList<StoredLayer>& layers, const ImageConfig& config,
                            const QHash<Digest, QString>& titles)
{
    const auto rowOf = [&titles](const StoredLayer& layer, const QString& step) {
        Row row{.step = step.isEmpty() ? layer.step : step, .hasLayer = true, .layer = layer};
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
            Row row = step.isEmptyLayer ? Row{.step = text} : rowOf(layers[next++], text);
            row.original = step.original;
            row.author = step.author;
            row.comment = commentOf(step);
            row.created = step.created;
            rows.append(row);
        }
    } else {
        for (const StoredLayer& layer : layers)
            rows.append(rowOf(layer, {}));
    }

    m_total = 0;
    for (const StoredLayer& layer : layers)
        m_total += layer.descriptor.size;

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
    if (!row.layer.isPresent && MediaType::isForeignLayer(row.layer.descriptor.mediaType))
        badges.append({tr("elsewhere"), Tone::Normal,
                       tr("This layer may not be passed on by registries. It is fetched from where its maker "
                          "offers it, when the image is run.")});
    else if (!row.layer.isPresent)
        badges.append({tr("missing"), Tone::Warning, tr("This layer is not on this computer.")});
    for (const QString& title : row.sharedWith)
        badges.append({title, Tone::Info, tr("%1 holds the same layer; it takes its room once.").arg(title)});
    return badges;
}

QString LayersModel::stepToolTip(const Row& row) const
{
    QStringList lines{cut(row.original.isEmpty() ? row.step : row.original, 3000)};
    if (!row.comment.isEmpty())
        lines.append(tr("Comment: %1").arg(row.comment));
    if (!row.author.isEmpty())
        lines.append(tr("Author: %1").arg(row.author));
    if (row.created.isValid())
        lines.append(formatMoment(row.created));
    return lines.join(u'\n');
}

QString LayersModel::typeText(const Row& row) const
{
    if (!row.hasLayer)
        return {};
    const QString& type = row.layer.descriptor.mediaType;
    const bool isForeign = MediaType::isForeignLayer(type);
    const QString packed = type.endsWith("gzip"_L1) ? u"gzip"_s
        : type.endsWith("zstd"_L1)                  ? u"zstd"_s
        : type.endsWith(".tar"_L1)                  ? tr("plain tar")
                                                    : type.section(u'/', -1);
    return isForeign ? tr("%1, foreign").arg(packed) : packed;
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
        case Type:
            return typeText(row);
        case Created:
            return row.created.isValid() ? formatAge(row.created) : QString();
        default:
            return {};
        }
    case Qt::ToolTipRole:
        switch (column) {
        case Step:
            return stepToolTip(row);
        case Layer:
            if (!row.hasLayer)
                return tr("This step changed only the image's settings.");
            return row.layer.diffId.isNull()
                ? row.layer.descriptor.digest.toString()
                : tr("%1\nUnpacked (diff ID): %2")
                      .arg(row.layer.descriptor.digest.toString(), row.layer.diffId.toString());
        case Size:
            return row.hasLayer && m_total > 0
                ? tr("%1 bytes, %2 of all layers")
                      .arg(QLocale().toString(row.layer.descriptor.size),
                           QLocale().toString(100.0 * double(row.layer.descriptor.size) / double(m_total),
                                              'f', 1)
                               + u" %"_s)
                : QString();
        case SharedWith:
            return row.sharedWith.join(u'\n');
        case Type:
            return row.hasLayer ? row.layer.descriptor.mediaType : QString();
        case Created:
            return row.created.isValid() ? formatMoment(row.created) : QString();
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
        const bool quiet = column == SharedWith || column == Type || column == Created
            || (!row.hasLayer && column != Step && column != Number);
        return QVariant::fromValue(quiet ? Tone::Muted : Tone::Normal);
    }
    case Role::Badges:
        if (column == Step && !row.comment.isEmpty())
            return QVariant::fromValue(QList<Badge>{{cut(row.comment, 40), Tone::Normal, row.comment}});
        return column == SharedWith ? QVariant::fromValue(badges(row)) : QVariant();
    case Role::Progress:
        return column == Size && row.hasLayer && m_total > 0
            ? QVariant(double(row.layer.descriptor.size) / double(m_total))
            : QVariant();
    case LayerDigest:
        return row.hasLayer ? row.layer.descriptor.digest.toString() : QString();
    case DiffId:
        return row.hasLayer ? row.layer.diffId.toString() : QString();
    case OriginalStep:
        return row.original.isEmpty() ? row.step : row.original;
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
    case Type:
        return tr("Packed");
    case Created:
        return tr("Created");
    default:
        return {};
    }
}

} // namespace Tagboat
