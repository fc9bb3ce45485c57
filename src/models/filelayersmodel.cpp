// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filelayersmodel.h"

#include "models/filetext.h"
#include "models/text.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Tagboat {

FileLayersModel::FileLayersModel(QObject* parent) : QAbstractTableModel(parent) { }

void FileLayersModel::setLayers(const QList<StoredLayer>& layers)
{
    // Another image: the one place where everything is another row.
    beginResetModel();
    m_layers = layers;
    m_files.reset();
    m_sums.reset();
    endResetModel();
}

void FileLayersModel::setFiles(std::shared_ptr<const ImageFiles> files, std::shared_ptr<const FileSums> sums)
{
    const bool willHaveWasted = sums && sums->wasted;
    const int row = int(m_layers.size()) + 1;
    if (hasWasted() && !willHaveWasted) {
        beginRemoveRows({}, row, row);
        m_sums = std::move(sums);
        endRemoveRows();
    } else if (!hasWasted() && willHaveWasted) {
        beginInsertRows({}, row, row);
        m_sums = std::move(sums);
        endInsertRows();
    } else {
        m_sums = std::move(sums);
    }
    m_files = std::move(files);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void FileLayersModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int FileLayersModel::rowOf(int choice) const
{
    if (choice == WholeImage)
        return 0;
    if (choice == WastedFiles)
        return hasWasted() ? int(m_layers.size()) + 1 : -1;
    return choice < m_layers.size() ? choice + 1 : -1;
}

int FileLayersModel::choiceOf(int row) const
{
    return row <= 0 ? WholeImage : row <= m_layers.size() ? row - 1 : WastedFiles;
}

QStringList FileLayersModel::layerTitles() const
{
    QStringList titles;
    for (qsizetype i = 0; i < m_layers.size(); ++i) {
        const QString step = m_layers[i].step.simplified();
        titles.append(step.isEmpty() ? tr("Layer %1").arg(i + 1) : tr("Layer %1: %2").arg(i + 1).arg(step));
    }
    return titles;
}

int FileLayersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_layers.size()) + (hasWasted() ? 2 : 1);
}

int FileLayersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString FileLayersModel::changesText(int layer) const
{
    if (!m_sums || layer >= m_sums->layers.size())
        return {};
    const FileSums::Layer& sum = m_sums->layers[layer];
    QStringList parts;
    const auto add = [&parts](QChar sign, int count) {
        if (count > 0)
            parts.append(sign + QLocale().toString(count));
    };
    add(u'+', sum.added);
    add(u'~', sum.changed);
    add(QChar(0x2212), sum.deleted);
    return parts.join(u' ');
}

QString FileLayersModel::changesSentence(int layer) const
{
    if (!m_sums || layer >= m_sums->layers.size())
        return {};
    const FileSums::Layer& sum = m_sums->layers[layer];
    QString text = tr("%1 added, %2 changed, %3 deleted")
                       .arg(QLocale().toString(sum.added), QLocale().toString(sum.changed),
                            QLocale().toString(sum.deleted));
    if (sum.wasted > 0)
        text += u'\n' + tr("%1 wasted by later layers").arg(formatBytes(sum.wasted));
    return text;
}

QVariant FileLayersModel::wholeCell(int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == Title)
            return tr("Whole image");
        return column == Size && m_files && m_files->merged
            ? QVariant(formatBytes(m_files->merged->root().size))
            : QVariant();
    case Qt::ToolTipRole:
        return tr("All files as a container sees them");
    case Role::BoldRange:
        return column == Title ? QVariant::fromValue(Emphasis{0, int(tr("Whole image").size())}) : QVariant();
    default:
        return {};
    }
}

QVariant FileLayersModel::wastedCell(int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == Title)
            return tr("Wasted");
        return column == Size ? QVariant(formatBytes(m_sums->wasted->root().wasted)) : QVariant();
    case Qt::ToolTipRole:
        return tr("Files that stay in a layer although a later layer deletes them or writes them anew");
    case Role::TextTone:
        return QVariant::fromValue(Tone::Warning);
    default:
        return {};
    }
}

QVariant FileLayersModel::layerCell(int layer, int column, int role) const
{
    const StoredLayer& stored = m_layers[layer];
    const QString step = stored.step.simplified();
    switch (role) {
    case Qt::DisplayRole:
        if (column == Title)
            return QString(QString::number(layer + 1) + u"  "_s + (step.isEmpty() ? tr("Layer") : step));
        return column == Size ? formatBytes(stored.descriptor.size) : changesText(layer);
    case Qt::ToolTipRole:
        if (column == Changes)
            return changesSentence(layer);
        return column == Title ? QString(stored.descriptor.digest.toString() + u'\n' + stored.step)
                               : tr("Size of the layer as it is stored, compressed");
    case Qt::AccessibleTextRole:
        return column == Changes ? QVariant(changesSentence(layer)) : QVariant();
    case Role::Badges:
        if (column == Title && !stored.isPresent)
            return QVariant::fromValue(
                QList<Badge>{{tr("missing"), Tone::Warning, tr("This layer is not on this computer.")}});
        if (column == Title && m_files && layer < m_files->layers.size()
            && !m_files->layers[layer].problem.isEmpty() && m_files->layers[layer].isPresent)
            return QVariant::fromValue(QList<Badge>{{tr("damaged"), Tone::Error}});
        return {};
    case Role::TextTone:
        return QVariant::fromValue(column == Changes ? Tone::Muted : Tone::Normal);
    default:
        return {};
    }
}

QVariant FileLayersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int choice = choiceOf(index.row());
    if (role == Choice)
        return choice;
    if (role == Qt::TextAlignmentRole)
        return index.column() == Title ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (choice == WholeImage)
        return wholeCell(index.column(), role);
    return choice == WastedFiles ? wastedCell(index.column(), role) : layerCell(choice, index.column(), role);
}

QVariant FileLayersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Title ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Layer");
    case Changes:
        return tr("Files");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace Tagboat
