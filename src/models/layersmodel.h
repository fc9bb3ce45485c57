// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"
#include "oci/imageconfig.h"
#include "store/imagestore.h"

#include <QAbstractTableModel>
#include <QHash>

namespace Tagboat {

/*!
 * \brief The build steps of one platform of an image with the layers they made, steps without a layer
 * included.
 *
 * Follows the config's history where that fits the layers; else there is one row per layer. Size has a
 * Role::Progress: the layer's share of all.
 */
class LayersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, Step, Layer, Size, SharedWith, Type, Created, ColumnCount };
    enum OwnRole {
        LayerDigest = Role::FirstOwnRole, //!< QString, of the layer as it is stored; empty: no layer
        DiffId,                           //!< QString, of the layer unpacked
        OriginalStep,                     //!< QString, as it stands in the config
    };

    explicit LayersModel(QObject* parent = nullptr);

    //! \a titles names other images by ID, for "shared with".
    void setLayers(const QList<StoredLayer>& layers, const ImageConfig& config,
                   const QHash<Digest, QString>& titles);
    void clear();
    //! The row of the layer at this position among the layers; -1: none.
    [[nodiscard]] int rowOfLayer(int layer) const;
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        QString step;
        bool hasLayer = false;
        StoredLayer layer = {};
        QStringList sharedWith = {};
        QString original = {}; //!< the step as it stands in the config
        QString author = {};
        QString comment = {};
        QDateTime created = {};
    };
    [[nodiscard]] QString stepToolTip(const Row& row) const;
    [[nodiscard]] QString typeText(const Row& row) const;
    [[nodiscard]] QList<Badge> badges(const Row& row) const;
    QList<Row> m_rows;
    qint64 m_total = 0; //!< of all layers
};

} // namespace Tagboat
