// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/remotetagsmodel.h"

#include <QObject>

class QComboBox;
class QPlainTextEdit;
class QTreeView;

namespace Tagboat {

class FactsView;
class LayersModel;

//! Fills the tabs below the tags of a repository with what is known of the chosen digest.
class RemoteDetails : public QObject
{
    Q_OBJECT

public:
    RemoteDetails(FactsView* overview, QComboBox* platforms, QTreeView* layers, QPlainTextEdit* json,
                  QObject* parent = nullptr);

    //! \a place is "localhost:5000/gallery/ui"; a null group empties the tabs. \a localNames: names of the
    //! same image here.
    void show(const RemoteTagsModel::Group* group, const QString& place, const QStringList& localNames);

private:
    void showLayers();

    FactsView* m_overview;
    QComboBox* m_platforms;
    QPlainTextEdit* m_json;
    LayersModel* m_layers;
    std::optional<RemoteImage> m_image;
    Digest m_shown;
};

} // namespace Tagboat
