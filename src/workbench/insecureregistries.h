// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/fileversion.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QSet>
#include <QStringList>

namespace Tagboat {

//! Where other programs keep which registries need no TLS.
struct InsecurePlaces
{
    QStringList main = {};    //!< registries.conf; of these only the first that is there counts
    QStringList folders = {}; //!< registries.conf.d; later ones, and later names in one, count more
    QStringList daemons = {}; //!< docker's daemon.json

    //! Of podman and docker, of the user and of the system.
    [[nodiscard]] static InsecurePlaces standard();
};

/*!
 * \brief The registries that podman (containers-registries.conf(5), both versions of its format) or docker
 * ("insecure-registries") may speak to by plain HTTP. Never Docker Hub.
 *
 * An entry counts for a whole host as it is written there, with its port, or for all hosts of a domain
 * ("*.example.com"); one for a part of a host does not, and one that leads somewhere else (`location`) counts
 * for that place. Docker's ranges are for addresses; names are not looked up for them. Files are read again
 * when they have changed; one that is broken or huge is left out with a warning.
 */
class InsecureRegistries
{
public:
    explicit InsecureRegistries(InsecurePlaces places) : m_places(std::move(places)) { }

    //! \a registry: host[:port].
    [[nodiscard]] bool contains(const QString& registry);

private:
    using Files = QList<std::pair<QString, FileVersion>>;

    void refresh();
    [[nodiscard]] Files mainFiles() const;
    [[nodiscard]] Files daemonFiles() const;
    void readRegistriesConf(const QString& path);
    void readDaemonJson(const QString& path);
    [[nodiscard]] bool isPodmans(const QString& registry) const;
    [[nodiscard]] bool isDockers(const QString& registry) const;

    InsecurePlaces m_places;
    QDeadlineTimer m_until; //!< looked at anew from then on
    Files m_read;
    QHash<QString, bool> m_podmans; //!< by host, or by domain with its "*."
    QSet<QString> m_dockers;
    QList<std::pair<QHostAddress, int>> m_ranges;
};

} // namespace Tagboat
