// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/insecureregistries.h"

#include "base/logging.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>

// As part of this program: to load one more library would take longer than to read the files.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.hpp>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

constexpr qint64 LargestFile = 1024 * 1024;
//! Soon enough for somebody who has just changed one; each request asks.
constexpr auto LookAge = 1s;

//! Nothing, after a warning, where it cannot be read as a whole.
QByteArray contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) {
        qCWarning(lcNet).noquote() << "left out:" << path << file.errorString();
        return {};
    }
    QByteArray bytes = file.read(LargestFile + 1);
    if (bytes.size() <= LargestFile)
        return bytes;
    qCWarning(lcNet).noquote() << "left out, since it is too large:" << path;
    return {};
}

bool isHub(const QString& host)
{
    return host == "docker.io"_L1 || host.endsWith(".docker.io"_L1);
}

QString textOf(toml::node_view<const toml::node> node)
{
    return QString::fromStdString(node.value_or(std::string())).trimmed().toLower();
}

//! Of a registry's table; empty where it is about a part of a host.
QString hostOf(const toml::table& registry)
{
    const QString location = textOf(registry["location"]);
    const QString host = location.isEmpty() ? textOf(registry["prefix"]) : location;
    return host.contains(u'/') ? QString() : host;
}

//! "10.0.0.1", "10.0.0.1:5000", "[fd00::1]:5000"; null for a name.
QHostAddress addressOf(const QString& registry)
{
    if (registry.startsWith(u'['))
        return QHostAddress(registry.mid(1, registry.indexOf(u']') - 1));
    return QHostAddress(registry.section(u':', 0, 0));
}

} // namespace

InsecurePlaces InsecurePlaces::standard()
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return {.main = {config + u"/containers/registries.conf"_s, u"/etc/containers/registries.conf"_s},
            .folders = {u"/etc/containers/registries.conf.d"_s, config + u"/containers/registries.conf.d"_s},
            .daemons = {u"/etc/docker/daemon.json"_s, config + u"/docker/daemon.json"_s}};
}

bool InsecureRegistries::contains(const QString& registry)
{
    if (m_until.hasExpired()) {
        m_until = QDeadlineTimer(LookAge);
        refresh();
    }
    const QString host = registry.toLower();
    return !isHub(host) && (isPodmans(host) || isDockers(host));
}

InsecureRegistries::Files InsecureRegistries::mainFiles() const
{
    Files files;
    for (const QString& path : m_places.main) {
        const FileVersion version = FileVersion::of(path);
        if (!version.exists())
            continue;
        files.append({path, version});
        break;
    }
    for (const QString& folder : m_places.folders) {
        const QDir place(folder);
        const QStringList names = place.entryList({u"*.conf"_s}, QDir::Files, QDir::Name);
        for (const QString& name : names)
            files.append({place.filePath(name), FileVersion::of(place.filePath(name))});
    }
    files.removeIf([](const auto& file) { return !file.second.isPlain; });
    return files;
}

InsecureRegistries::Files InsecureRegistries::daemonFiles() const
{
    Files files;
    for (const QString& path : m_places.daemons)
        files.append({path, FileVersion::of(path)});
    files.removeIf([](const auto& file) { return !file.second.isPlain; });
    return files;
}

void InsecureRegistries::refresh()
{
    const Files podmans = mainFiles();
    const Files dockers = daemonFiles();
    if (const Files all = podmans + dockers; all != m_read)
        m_read = all;
    else
        return;
    m_podmans.clear();
    m_dockers.clear();
    m_ranges.clear();
    for (const auto& [path, version] : podmans)
        readRegistriesConf(path);
    for (const auto& [path, version] : dockers)
        readDaemonJson(path);
}

void InsecureRegistries::readRegistriesConf(const QString& path)
{
    const QByteArray bytes = contentOf(path);
    if (!bytes.contains("insecure"))
        return;
    const toml::parse_result parsed =
        toml::parse(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
    if (!parsed) {
        const auto& error = parsed.error();
        qCWarning(lcNet).noquote() << "left out, since it is broken:" << path << "line"
                                   << error.source().begin.line
                                   << QString::fromStdString(std::string(error.description()));
        return;
    }
    const toml::table& settings = parsed.table();
    // Version 1 of the format.
    if (const toml::array* const names = settings["registries"]["insecure"]["registries"].as_array()) {
        for (const toml::node& name : *names) {
            if (const QString host = textOf(toml::node_view(name)); !host.isEmpty())
                m_podmans.insert(host, true);
        }
    }
    // Version 2.
    if (const toml::array* const registries = settings["registry"].as_array()) {
        for (const toml::node& node : *registries) {
            const toml::table* const registry = node.as_table();
            if (const QString host = registry ? hostOf(*registry) : QString(); !host.isEmpty())
                m_podmans.insert(host, (*registry)["insecure"].value_or(false));
        }
    }
}

void InsecureRegistries::readDaemonJson(const QString& path)
{
    const QByteArray bytes = contentOf(path);
    if (!bytes.contains("insecure-registries"))
        return;
    QJsonParseError error;
    const QJsonObject settings = QJsonDocument::fromJson(bytes, &error).object();
    if (error.error != QJsonParseError::NoError) {
        qCWarning(lcNet).noquote() << "left out, since it is broken:" << path << error.errorString();
        return;
    }
    const QJsonArray entries = settings.value("insecure-registries"_L1).toArray();
    for (const QJsonValue& entry : entries) {
        QString host = entry.toString().trimmed().toLower();
        for (const QLatin1StringView scheme : {"http://"_L1, "https://"_L1}) { // docker takes them off, too
            if (host.startsWith(scheme))
                host.remove(0, scheme.size());
        }
        if (!host.contains(u'/')) {
            if (!host.isEmpty())
                m_dockers.insert(host);
        } else if (const auto range = QHostAddress::parseSubnet(host); !range.first.isNull()) {
            m_ranges.append(range);
        }
    }
}

//! The entry for the host itself, else that for the smallest domain around it.
bool InsecureRegistries::isPodmans(const QString& registry) const
{
    if (const auto own = m_podmans.constFind(registry); own != m_podmans.cend())
        return *own;
    for (qsizetype dot = registry.indexOf(u'.'); dot >= 0; dot = registry.indexOf(u'.', dot + 1)) {
        const auto domain = m_podmans.constFind(QString(u'*' + registry.sliced(dot)));
        if (domain != m_podmans.cend())
            return *domain;
    }
    return false;
}

bool InsecureRegistries::isDockers(const QString& registry) const
{
    if (m_dockers.contains(registry))
        return true;
    if (m_ranges.isEmpty())
        return false;
    const QHostAddress address = addressOf(registry);
    return !address.isNull()
        && std::ranges::any_of(m_ranges, [&address](const auto& range) { return address.isInSubnet(range); });
}

} // namespace Tagboat
