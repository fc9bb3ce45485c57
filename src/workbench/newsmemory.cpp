// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/newsmemory.h"

#include "base/logging.h"
#include "oci/manifest.h"
#include "oci/mediatype.h"
#include "transfer/job.h"
#include "transfer/jobjson.h"
#include "transfer/sqlitefile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// So many of each kind are kept, the newest: a store with 10,000 images has some thousands of tags.
constexpr int KeptRows = 50'000;

QStringList schema()
{
    return {
        // 1
        u"CREATE TABLE answers (reference TEXT PRIMARY KEY, digest TEXT NOT NULL, media_type TEXT NOT NULL,"
        " checked INTEGER NOT NULL, error TEXT NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE indexes (digest TEXT PRIMARY KEY, place TEXT NOT NULL, manifests TEXT NOT NULL,"
        " noted INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE declared (manifest TEXT PRIMARY KEY, source TEXT NOT NULL, reference TEXT NOT NULL,"
        " digest TEXT NOT NULL, noted INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE layer_bases (manifest TEXT PRIMARY KEY, names TEXT NOT NULL, digest TEXT NOT NULL,"
        " layers INTEGER NOT NULL, noted INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE resting (registry TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE moments (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID"_s,
    };
}

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QDateTime moment(const QVariant& value)
{
    const qint64 at = value.toLongLong();
    return at > 0 ? QDateTime::fromMSecsSinceEpoch(at, QTimeZone::UTC) : QDateTime();
}

qint64 number(const QDateTime& when)
{
    return when.isValid() ? when.toMSecsSinceEpoch() : 0;
}

Digest digestOf(const QVariant& value)
{
    return Digest::parse(value.toString()).value_or(Digest());
}

// A null QString is bound as NULL.
QString text(const QString& string)
{
    return string.isNull() ? u""_s : string;
}

QString text(const std::optional<Error>& error)
{
    return error ? QString::fromUtf8(QJsonDocument(toJson(*error)).toJson(QJsonDocument::Compact)) : u""_s;
}

std::optional<Error> errorOf(const QVariant& value)
{
    const QByteArray bytes = value.toString().toUtf8();
    if (bytes.isEmpty())
        return std::nullopt;
    return errorFromJson(QJsonDocument::fromJson(bytes).object());
}

QList<Digest> digestsOf(const QVariant& value)
{
    QList<Digest> digests;
    const QStringList words = value.toString().split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        if (const auto digest = Digest::parse(word))
            digests.append(*digest);
    }
    return digests;
}

} // namespace

NewsMemory::NewsMemory(QString file) : m_path(std::move(file)) { }

NewsMemory::~NewsMemory() = default;

bool NewsMemory::hasAnswers() const
{
    return m_file || m_hasFailed || QFile::exists(m_path);
}

bool NewsMemory::open()
{
    if (m_file || m_hasFailed)
        return m_file != nullptr;
    auto opened = SqliteFile::open(m_path, schema());
    if (!opened) {
        m_hasFailed = true;
        qCWarning(lcApp).noquote() << "what registries answered is not kept:" << opened.error().toString();
        return false;
    }
    m_file = std::move(*opened);
    return true;
}

const NewsKnowledge& NewsMemory::knowledge()
{
    if (!open())
        return m_knowledge;
    qint64 version = -1;
    if (auto row = m_file->run(u"PRAGMA data_version"_s); row && row->next())
        version = row->value(0).toLongLong();
    if (version != m_version) {
        load();
        m_version = version;
    }
    return m_knowledge;
}

void NewsMemory::load()
{
    const auto each = [this](const QString& sql, const std::function<void(const QSqlQuery&)>& take) {
        const auto done = m_file->guarded([&]() -> Result<void> {
            auto rows = m_file->run(sql);
            if (!rows)
                return std::unexpected(std::move(rows.error()));
            while (rows->next())
                take(*rows);
            return {};
        });
        if (!done)
            qCWarning(lcApp).noquote() << "news:" << done.error().toString();
    };
    m_knowledge = {};
    each(u"SELECT reference, digest, media_type, checked, error FROM answers"_s,
         [this](const QSqlQuery& row) {
             m_knowledge.answers.insert(row.value(0).toString(),
                                        {.digest = digestOf(row.value(1)),
                                         .mediaType = row.value(2).toString(),
                                         .checked = moment(row.value(3)),
                                         .error = errorOf(row.value(4))});
         });
    each(u"SELECT digest, place, manifests FROM indexes"_s, [this](const QSqlQuery& row) {
        keep(digestOf(row.value(0)), {row.value(1).toString(), digestsOf(row.value(2))});
    });
    each(u"SELECT manifest, source, reference, digest FROM declared"_s, [this](const QSqlQuery& row) {
        std::optional<DeclaredBase> base;
        if (const auto source = baseSourceFromString(row.value(1).toString()))
            base = DeclaredBase{*source, row.value(2).toString(), digestOf(row.value(3))};
        m_knowledge.declared.insert(digestOf(row.value(0)), base);
    });
    each(u"SELECT manifest, names, digest, layers FROM layer_bases"_s, [this](const QSqlQuery& row) {
        m_knowledge.layerBases.insert(digestOf(row.value(0)),
                                      {row.value(1).toString().split(u' ', Qt::SkipEmptyParts),
                                       digestOf(row.value(2)), row.value(3).toInt()});
    });
    each(u"SELECT registry, until FROM resting"_s, [this](const QSqlQuery& row) {
        m_knowledge.resting.insert(row.value(0).toString(), moment(row.value(1)));
    });
    each(u"SELECT at FROM moments WHERE name = 'checked-all'"_s,
         [this](const QSqlQuery& row) { m_knowledge.checkedAll = moment(row.value(0)); });
}

void NewsMemory::keep(const Digest& index, const KnownIndex& known)
{
    m_knowledge.indexes.insert(index, known);
    for (const Digest& manifest : known.manifests) {
        QStringList& homes = m_knowledge.homes[manifest];
        if (!homes.contains(known.place))
            homes.append(known.place);
    }
}

void NewsMemory::write(const QString& sql, const QList<QVariantList>& rows)
{
    if (rows.isEmpty() || !open())
        return;
    const auto done = m_file->transaction([&]() -> Result<void> {
        for (const QVariantList& row : rows) {
            if (const auto written = m_file->run(sql, row); !written)
                return std::unexpected(written.error());
        }
        return {};
    });
    if (!done)
        qCWarning(lcApp).noquote() << "news:" << done.error().toString();
}

void NewsMemory::noteAnswer(const QString& reference, const RegistryAnswer& answer)
{
    if (isInMemory())
        m_knowledge.answers.insert(reference, answer);
    write(u"INSERT OR REPLACE INTO answers (reference, digest, media_type, checked, error)"
          " VALUES (?, ?, ?, ?, ?)"_s,
          {{reference, text(answer.digest.toString()), text(answer.mediaType), number(answer.checked),
            text(answer.error)}});
}

void NewsMemory::noteFailure(const QString& reference, const Error& error)
{
    RegistryAnswer answer = knowledge().answers.value(reference);
    answer.error = error;
    noteAnswer(reference, answer);
}

void NewsMemory::noteFetched(const QString& place, const QString& tagOrDigest,
                             const ManifestContent& document)
{
    noteIndex(place, document);
    if (hasAnswers() && !Digest::parse(tagOrDigest)) {
        noteAnswer(
            QString(place + u':' + tagOrDigest),
            {document.descriptor.digest, document.descriptor.mediaType, QDateTime::currentDateTimeUtc()});
    }
}

void NewsMemory::notePushed(const JobSnapshot& job)
{
    if (job.kind != JobKind::Push || !hasAnswers())
        return;
    const QList<JobTarget> targets = job.destinations();
    for (const JobTarget& target : targets) {
        if (target.state != JobState::Done || target.rootDigest.isNull() || target.registry.isEmpty())
            continue;
        for (const QString& tag : target.tags) {
            noteAnswer(u"%1/%2:%3"_s.arg(target.registry, target.repository, tag),
                       {target.rootDigest, QString(), QDateTime::currentDateTimeUtc()});
        }
    }
}

void NewsMemory::noteIndex(const QString& place, const ManifestContent& document)
{
    if (!MediaType::isIndex(document.descriptor.mediaType))
        return;
    const auto index = Index::parse(document.bytes, document.descriptor.mediaType, place);
    if (!index)
        return;
    const Digest digest = document.descriptor.digest;
    KnownIndex known{place, {}};
    QStringList words;
    for (const Descriptor& entry : index->manifests()) {
        known.manifests.append(entry.digest);
        words.append(entry.digest.toString());
    }
    if (isInMemory()) {
        const auto before = m_knowledge.indexes.constFind(digest);
        if (before != m_knowledge.indexes.cend() && before->place == place)
            return;
        keep(digest, known);
    }
    write(u"INSERT OR REPLACE INTO indexes (digest, place, manifests, noted) VALUES (?, ?, ?, ?)"_s,
          {{digest.toString(), text(place), words.join(u' '), now()}});
}

void NewsMemory::noteDeclared(const QHash<Digest, std::optional<DeclaredBase>>& declared)
{
    if (declared.isEmpty())
        return;
    if (isInMemory())
        m_knowledge.declared.insert(declared);
    QList<QVariantList> rows;
    for (auto it = declared.cbegin(); it != declared.cend(); ++it) {
        const DeclaredBase base = it->value_or(DeclaredBase());
        rows.append({it.key().toString(), *it ? QString(toString(base.source)) : u""_s, text(base.reference),
                     text(base.digest.toString()), now()});
    }
    write(u"INSERT OR REPLACE INTO declared (manifest, source, reference, digest, noted)"
          " VALUES (?, ?, ?, ?, ?)"_s,
          rows);
    // Of images that went long ago.
    write(u"DELETE FROM declared WHERE noted < (SELECT noted FROM declared ORDER BY noted DESC"
          " LIMIT 1 OFFSET ?)"_s,
          {{KeptRows}});
}

void NewsMemory::noteLayerBases(const QHash<Digest, LayerBase>& bases)
{
    if (bases.isEmpty())
        return;
    if (isInMemory())
        m_knowledge.layerBases.insert(bases);
    QList<QVariantList> rows;
    for (auto it = bases.cbegin(); it != bases.cend(); ++it) {
        rows.append({it.key().toString(), text(it->references.join(u' ')), text(it->digest.toString()),
                     it->layers, now()});
    }
    write(u"INSERT OR REPLACE INTO layer_bases (manifest, names, digest, layers, noted)"
          " VALUES (?, ?, ?, ?, ?)"_s,
          rows);
    write(u"DELETE FROM layer_bases WHERE noted < (SELECT noted FROM layer_bases ORDER BY noted DESC"
          " LIMIT 1 OFFSET ?)"_s,
          {{KeptRows}});
}

void NewsMemory::noteResting(const QString& registry, const QDateTime& until)
{
    if (isInMemory())
        m_knowledge.resting.insert(registry, until);
    write(u"INSERT OR REPLACE INTO resting (registry, until) VALUES (?, ?)"_s, {{registry, number(until)}});
}

void NewsMemory::noteCheckedAll(const QDateTime& when)
{
    if (isInMemory())
        m_knowledge.checkedAll = when;
    write(u"INSERT OR REPLACE INTO moments (name, at) VALUES ('checked-all', ?)"_s, {{number(when)}});
}

} // namespace Tagboat
