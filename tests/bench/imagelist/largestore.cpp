// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "largestore.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Tagboat::Testing {

namespace {

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

struct Blob
{
    QString digest;
    qint64 size = 0;
    [[nodiscard]] QJsonObject descriptor(const QString& mediaType) const
    {
        return {{u"mediaType"_s, mediaType}, {u"digest"_s, digest}, {u"size"_s, size}};
    }
};

struct Layer
{
    Blob blob;
    QString step;
};

class Maker
{
public:
    Maker(QString directory, const LargeStore& size) : m_directory(std::move(directory)), m_size(size)
    {
        if (!QDir().mkpath(m_directory + u"/blobs/sha256"_s))
            qFatal("cannot make %s", qPrintable(m_directory));
    }

    void make()
    {
        for (int base = 0; base < m_size.bases; ++base) {
            for (int i = 0; i < 4; ++i)
                m_bases.append(layer(u"base %1.%2"_s.arg(base).arg(i), 3000 + 100 * i));
        }
        for (int framework = 0; framework < m_size.frameworks; ++framework) {
            for (int i = 0; i < 2; ++i)
                m_frameworks.append(layer(u"framework %1.%2"_s.arg(framework).arg(i), 900 + 50 * i));
        }
        for (int number = 0; number < m_size.images; ++number)
            addImage(number);
        const QJsonObject index{{u"schemaVersion"_s, 2},
                                {u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                                {u"manifests"_s, m_entries}};
        writeFile(m_directory + u"/index.json"_s, QJsonDocument(index).toJson(QJsonDocument::Compact));
        writeFile(m_directory + u"/oci-layout"_s, "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

private:
    Blob blob(const QByteArray& bytes) const
    {
        const QString hex =
            QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
        writeFile(m_directory + u"/blobs/sha256/"_s + hex, bytes);
        return {u"sha256:"_s + hex, bytes.size()};
    }

    Layer layer(const QString& what, int size) const
    {
        return {blob(QByteArray(what.toLatin1() + ' ').repeated(size / int(what.size() + 1) + 1)),
                u"COPY --chown=app:app ./%1 /srv/app # buildkit"_s.arg(what)};
    }

    void addImage(int number)
    {
        const int framework = number % m_size.frameworks;
        QList<Layer> layers = m_bases.mid((framework % m_size.bases) * 4, 4);
        layers += m_frameworks.mid(framework * 2, 2);
        layers.append(layer(u"application %1"_s.arg(number), 200));

        const QDateTime built =
            QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::UTC).addSecs(-3601 * qint64(number));
        const QString created = built.toString(u"yyyy-MM-dd'T'HH:mm:ss"_s) + u".123456789Z"_s;
        QJsonArray diffIds;
        QJsonArray history;
        QJsonArray parts;
        for (const Layer& each : std::as_const(layers)) {
            diffIds.append(each.blob.digest);
            history.append(QJsonObject{{u"created"_s, created},
                                       {u"created_by"_s, each.step},
                                       {u"comment"_s, u"buildkit.dockerfile.v0"_s}});
            history.append(QJsonObject{
                {u"created"_s, created}, {u"created_by"_s, u"ENV LANG=C.UTF-8"_s}, {u"empty_layer"_s, true}});
            parts.append(each.blob.descriptor(u"application/vnd.oci.image.layer.v1.tar+gzip"_s));
        }
        const QJsonObject labels{
            {u"maintainer"_s, u"Team %1"_s.arg(number % 50)},
            {u"org.opencontainers.image.source"_s, u"https://git.example/app-%1"_s.arg(number % 2500)},
            {u"org.opencontainers.image.revision"_s, QString::number(number * 7919)},
            {u"org.opencontainers.image.version"_s, u"1.%1.0"_s.arg(number % 40)},
            {u"stage"_s, number % 3 == 0 ? u"production"_s : u"test"_s}};
        const QJsonObject config{
            {u"architecture"_s, number % 4 == 3 ? u"arm64"_s : u"amd64"_s},
            {u"os"_s, u"linux"_s},
            {u"created"_s, created},
            {u"config"_s,
             QJsonObject{{u"Env"_s, QJsonArray{u"PATH=/usr/local/bin:/usr/bin:/bin"_s}},
                         {u"Cmd"_s, QJsonArray{u"/srv/app/run"_s}},
                         {u"WorkingDir"_s, u"/srv/app"_s},
                         {u"Labels"_s, labels}}},
            {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}}},
            {u"history"_s, history}};
        const Blob configBlob = blob(QJsonDocument(config).toJson(QJsonDocument::Compact));
        const QString manifestType = u"application/vnd.oci.image.manifest.v1+json"_s;
        const QJsonObject manifest{
            {u"schemaVersion"_s, 2},
            {u"mediaType"_s, manifestType},
            {u"config"_s, configBlob.descriptor(u"application/vnd.oci.image.config.v1+json"_s)},
            {u"layers"_s, parts}};
        const Blob root = blob(QJsonDocument(manifest).toJson(QJsonDocument::Compact));
        for (int name = 0; name < m_size.namesEach; ++name) {
            QJsonObject entry = root.descriptor(manifestType);
            entry.insert(
                "annotations"_L1,
                QJsonObject{{u"org.opencontainers.image.ref.name"_s, nameInLargeStore(number, name)}});
            m_entries.append(entry);
        }
    }

    QString m_directory;
    LargeStore m_size;
    QList<Layer> m_bases;
    QList<Layer> m_frameworks;
    QJsonArray m_entries;
};

} // namespace

void makeLargeStore(const QString& directory, const LargeStore& size)
{
    Maker(directory, size).make();
}

QString nameInLargeStore(int number, int name)
{
    const int application = number % 2500;
    const int build = number / 2500;
    switch (name) {
    case 0:
        return u"registry.example:5000/team-%1/application-%2:1.%3.%4"_s.arg(application % 50)
            .arg(application)
            .arg(build)
            .arg(number % 13);
    case 1:
        return u"docker.io/acme/application-%1:1.%2"_s.arg(application).arg(build);
    case 2:
        return u"ghcr.io/acme/team-%1/application-%2:build-%3"_s.arg(application % 50)
            .arg(application)
            .arg(number);
    case 3:
        return u"registry.example:5000/mirror/application-%1:v1.%2"_s.arg(application).arg(build);
    default:
        return u"docker.io/library/application-%1-%2:%3"_s.arg(application).arg(name).arg(number);
    }
}

} // namespace Tagboat::Testing
