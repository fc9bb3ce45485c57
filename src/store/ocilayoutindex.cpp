// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ocilayoutindex.h"

#include "oci/jsonobject.h"
#include "oci/mediatype.h"
#include "oci/reference.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr QLatin1StringView RefName("org.opencontainers.image.ref.name");
constexpr QLatin1StringView ContainerdName("io.containerd.image.name");
constexpr QLatin1StringView Annotations("annotations");
constexpr QLatin1StringView Manifests("manifests");

QJsonObject withoutNames(QJsonObject json)
{
    QJsonObject annotations = json.value(Annotations).toObject();
    if (!annotations.contains(RefName) && !annotations.contains(ContainerdName))
        return json;
    annotations.remove(RefName);
    annotations.remove(ContainerdName);
    if (annotations.isEmpty())
        json.remove(Annotations);
    else
        json.insert(Annotations, annotations);
    return json;
}

QJsonObject withName(QJsonObject json, const QString& name)
{
    json = withoutNames(std::move(json));
    QJsonObject annotations = json.value(Annotations).toObject();
    annotations.insert(RefName, name);
    json.insert(Annotations, annotations);
    return json;
}

OciLayoutIndex::Entry entryOf(const QJsonObject& json, const QString& path)
{
    OciLayoutIndex::Entry entry;
    entry.json = json;
    const QJsonObject annotations = json.value(Annotations).toObject();
    entry.refName = annotations.value(RefName).toString();
    entry.name = annotations.value(ContainerdName).toString();
    if (entry.name.isEmpty())
        entry.name = entry.refName;
    if (auto target = Descriptor::fromJson(json, path)) {
        target->annotations.remove(RefName);
        target->annotations.remove(ContainerdName);
        entry.target = std::move(*target);
    }
    return entry;
}

} // namespace

Result<OciLayoutIndex> OciLayoutIndex::parse(const QByteArray& bytes, const QString& path)
{
    auto json = parseJsonObject(bytes, path);
    if (!json)
        return std::unexpected(std::move(json.error()));
    const QJsonValue version = json->value("schemaVersion"_L1);
    if (!version.isUndefined() && version.toInt() != 2)
        return fail(Error::Code::Corrupt, path, u"schemaVersion is not 2"_s);
    const QJsonValue manifests = json->value(Manifests);
    // umoci and others write null where there is nothing.
    if (!manifests.isArray() && !manifests.isNull() && !manifests.isUndefined())
        return fail(Error::Code::Corrupt, path, u"\"manifests\" is no list"_s);

    OciLayoutIndex index;
    index.m_path = path;
    const QJsonArray entries = manifests.toArray();
    index.m_entries.reserve(entries.size());
    for (const QJsonValue& value : entries) {
        if (!value.isObject())
            return fail(Error::Code::Corrupt, path, u"an entry of \"manifests\" is no object"_s);
        index.m_entries.append(entryOf(value.toObject(), path));
    }
    json->remove(Manifests);
    index.m_json = std::move(*json);
    index.findRepetitions();
    return index;
}

OciLayoutIndex OciLayoutIndex::empty()
{
    OciLayoutIndex index;
    index.m_json = {{u"schemaVersion"_s, 2}, {u"mediaType"_s, MediaType::OciIndex}};
    return index;
}

QByteArray OciLayoutIndex::toBytes() const
{
    QJsonArray manifests;
    for (const Entry& entry : m_entries)
        manifests.append(entry.json);
    QJsonObject json = m_json;
    json.insert(Manifests, manifests);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QStringList OciLayoutIndex::warnings() const
{
    QStringList warnings;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries.at(i);
        if (!entry.target)
            warnings.append(u"%1: entry %2 is no descriptor and is left alone"_s.arg(m_path).arg(i + 1));
        if (entry.isRepeated) {
            warnings.append(u"%1: the name %2 stands there twice; the first one counts"_s.arg(
                m_path, entryOf(entry.json, m_path).name));
        }
    }
    return warnings;
}

const OciLayoutIndex::Entry* OciLayoutIndex::named(const QString& name) const
{
    if (name.isEmpty())
        return nullptr;
    for (const Entry& entry : m_entries) {
        if (entry.name == name && entry.target)
            return &entry;
    }
    const QString meaning = meaningOf(name);
    for (const Entry& entry : m_entries) {
        if (entry.target && !entry.isRepeated && isCalled(entry, name, meaning))
            return &entry;
    }
    return nullptr;
}

std::optional<Descriptor> OciLayoutIndex::setName(const QString& name, const Descriptor& target)
{
    std::optional<Descriptor> before;
    if (const Entry* entry = named(name))
        before = entry->target;

    bool isThere = false;
    for (qsizetype i = m_entries.size() - 1; i >= 0; --i) {
        if (!isCalled(m_entries.at(i), name, name))
            continue;
        const auto& pointed = m_entries.at(i).target;
        if (!isThere && pointed && pointed->digest == target.digest) {
            update(i, withName(m_entries.at(i).json, name));
            isThere = true;
        } else {
            dropName(i);
        }
    }
    for (qsizetype i = 0; i < m_entries.size() && !isThere; ++i) {
        const Entry& entry = m_entries.at(i);
        const bool isNameless = entry.name.isEmpty() && !entry.isRepeated;
        if (isNameless && entry.target && entry.target->digest == target.digest) {
            update(i, withName(entry.json, name));
            isThere = true;
        }
    }
    if (!isThere)
        m_entries.append(entryOf(withName(withoutNames(target.toJson()), name), m_path));
    findRepetitions();
    return before;
}

bool OciLayoutIndex::removeName(const QString& name)
{
    const Entry* entry = named(name);
    if (!entry)
        return false;
    const QString stored = entry->name;
    for (qsizetype i = m_entries.size() - 1; i >= 0; --i) {
        const Entry& other = m_entries.at(i);
        if (other.name == stored || (other.isRepeated && isCalled(other, stored, stored)))
            dropName(i);
    }
    findRepetitions();
    return true;
}

void OciLayoutIndex::keep(const Descriptor& target)
{
    for (const Entry& entry : std::as_const(m_entries)) {
        if (entry.target && entry.target->digest == target.digest)
            return;
    }
    m_entries.append(entryOf(withoutNames(target.toJson()), m_path));
}

void OciLayoutIndex::removeTargets(const QSet<Digest>& digests)
{
    m_entries.removeIf(
        [&](const Entry& entry) { return entry.target && digests.contains(entry.target->digest); });
    findRepetitions();
}

QString OciLayoutIndex::meaningOf(const QString& name)
{
    // A bare word is a tag to those who wrote it, and no name of an image.
    if (!name.contains(u'/') && !name.contains(u':') && !name.contains(u'@'))
        return name;
    const auto reference = Reference::parse(name);
    return reference ? reference->canonical() : name;
}

bool OciLayoutIndex::isCalled(const Entry& entry, const QString& name, const QString& meaning)
{
    const QString called = entry.isRepeated ? entryOf(entry.json, {}).name : entry.name;
    if (called.isEmpty())
        return false;
    if (called == name)
        return true;
    // Most names differ at a glance; only what could mean the same is parsed.
    const bool isClose = meaning.contains(called) || called.startsWith("index.docker.io/"_L1);
    return isClose && meaningOf(called) == meaning;
}

//! True where another entry leads to the same digest.
bool OciLayoutIndex::isElsewhere(qsizetype position) const
{
    const auto& target = m_entries.at(position).target;
    for (qsizetype i = 0; target && i < m_entries.size(); ++i) {
        const auto& other = m_entries.at(i).target;
        if (i != position && other && other->digest == target->digest)
            return true;
    }
    return false;
}

void OciLayoutIndex::dropName(qsizetype position)
{
    if (isElsewhere(position))
        m_entries.removeAt(position);
    else
        update(position, withoutNames(m_entries.at(position).json));
}

void OciLayoutIndex::update(qsizetype position, const QJsonObject& json)
{
    m_entries[position] = entryOf(json, m_path);
}

void OciLayoutIndex::findRepetitions()
{
    QSet<QString> seen;
    seen.reserve(m_entries.size());
    for (Entry& entry : m_entries) {
        if (entry.isRepeated)
            entry = entryOf(entry.json, m_path);
        if (entry.name.isEmpty() || !entry.target)
            continue;
        if (seen.contains(entry.name)) {
            entry.isRepeated = true;
            entry.name.clear();
        }
        seen.insert(entry.name);
    }
}

} // namespace Tagboat
