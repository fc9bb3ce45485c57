// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/randomimage/randomimage.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

namespace Tagboat::ArchiveTest {

//! Members of an archive by name, in the order they are to be written.
class Members
{
public:
    void set(const QString& name, const QByteArray& bytes); //!< a second time: replaces
    void remove(const QString& name);
    [[nodiscard]] QByteArray value(const QString& name) const;
    [[nodiscard]] QStringList names() const { return m_names; }
    void moveToEnd(const QString& name);
    //! A tar of them; a value that starts with "-> " becomes a symbolic link.
    [[nodiscard]] QByteArray tar() const;
    bool write(const QString& path) const;

private:
    QStringList m_names;
    QMap<QString, QByteArray> m_bytes;
};

//! An image with its names, as a save command is given it.
struct Saved
{
    Testing::RandomImage image;
    QStringList names; //!< as they shall stand in the archive
};

//! linux/\a architecture.
[[nodiscard]] Platform linuxOn(const QString& architecture);
//! What a layer unpacks to.
[[nodiscard]] QByteArray plainLayer(const Testing::RandomBlob& layer);
[[nodiscard]] QList<Testing::RandomBlob> layersOf(const Testing::RandomImage& image);
[[nodiscard]] Testing::RandomBlob configOf(const Testing::RandomImage& image);

//! As Docker before 25 saved: <hash>.json, <id>/layer.tar, manifest.json, repositories.
[[nodiscard]] Members dockerArchive(const QList<Saved>& images);
//! As Docker since 25 saves from its classic store: plain layers below blobs/, described twice.
[[nodiscard]] Members hybridArchive(const QList<Saved>& images);
//! An OCI layout; names go into ref.name.
[[nodiscard]] Members ociArchive(const QList<Saved>& images);

//! Changes index.json or manifest.json of \a members by \a change.
void editIndex(Members& members, const std::function<void(QJsonObject&)>& change);
void editManifests(Members& members, const std::function<void(QJsonArray&)>& change);

} // namespace Tagboat::ArchiveTest
