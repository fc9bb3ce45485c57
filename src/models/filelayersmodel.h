// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/filesums.h"
#include "models/roles.h"
#include "store/imagestore.h"

#include <QAbstractTableModel>

namespace Tagboat {

/*!
 * \brief What of an image's files can be looked at: the whole image, one of its layers, and what is wasted.
 *
 * There at once with the layers' build steps and sizes; what the layers do is added when it is known.
 */
class FileLayersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Title, Changes, Size, ColumnCount };
    //! Of a row's Choice role: a layer's position, or one of these.
    static constexpr int WholeImage = -1;
    static constexpr int WastedFiles = -2;
    enum : int { Choice = Role::FirstOwnRole };

    explicit FileLayersModel(QObject* parent = nullptr);

    //! Other layers.
    void setLayers(const QList<StoredLayer>& layers);
    //! What was read of them; null: nothing yet.
    void setFiles(std::shared_ptr<const ImageFiles> files, std::shared_ptr<const FileSums> sums);
    void retranslate();

    [[nodiscard]] int rowOf(int choice) const; //!< -1: it is not offered
    [[nodiscard]] int choiceOf(int row) const;
    //! "Layer 3: RUN apk add", for sentences and tool tips.
    [[nodiscard]] QStringList layerTitles() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] bool hasWasted() const { return m_sums && m_sums->wasted; }
    [[nodiscard]] QVariant wholeCell(int column, int role) const;
    [[nodiscard]] QVariant wastedCell(int column, int role) const;
    [[nodiscard]] QVariant layerCell(int layer, int column, int role) const;
    [[nodiscard]] QString changesText(int layer) const;
    [[nodiscard]] QString changesSentence(int layer) const;

    QList<StoredLayer> m_layers;
    std::shared_ptr<const ImageFiles> m_files;
    std::shared_ptr<const FileSums> m_sums;
};

} // namespace Tagboat
