// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"
#include "workbench/imageinside.h"

#include <QAbstractTableModel>

namespace Tagboat {

/*!
 * \brief The platforms of an index, a row each, and below each the attestations about it.
 *
 * Flat: attestations are rows of their own, with an indented name, so that every row can be chosen and
 * copied.
 */
class PlatformsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Digest, Size, State, ColumnCount };
    enum OwnRole {
        ManifestDigest = Role::FirstOwnRole, //!< QString
        IsAttestation,                       //!< bool
        IsHere,                              //!< bool: whole on this computer
        PlatformText,                        //!< QString: "linux/amd64"; of an attestation, its image's
    };

    explicit PlatformsModel(QObject* parent = nullptr);

    void setInside(const ImageInside& inside);
    void clear();
    //! The row of the platform whose manifest this is; -1: none.
    [[nodiscard]] int rowOf(const Tagboat::Digest& manifest) const;
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        Descriptor manifest;
        Platform platform;
        qint64 size = 0;
        bool isPresent = true;
        bool hasManifest = true;
        bool isAttestation = false;
        QStringList predicates = {};
        friend bool operator==(const Row&, const Row&) = default;
    };
    [[nodiscard]] QString nameOf(const Row& row) const;
    [[nodiscard]] Badge stateOf(const Row& row) const;
    QList<Row> m_rows;
};

} // namespace Tagboat
