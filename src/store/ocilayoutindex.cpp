// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ocilayoutindex.h"

#include "oci/jsonobject.h"
#include "oci/mediatype.h"
#include "oci/reference.h"
#include "store/indextext.h"

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
//! Larger sizes than anybody has are for the full parser to judge.
constexpr qint64 MaxPlainSize = qint64(1) << 40;

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

QByteArray textOf(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject objectOf(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

OciLayoutIndex::Entry entryOf(const QJsonObject& json, const QString& path)
{
    OciLayoutIndex::Entry entry;
    entry.json = textOf(json);
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

OciLayoutIndex::Entry entryOf(const QByteArray& text, const QString& path)
{
    auto entry = entryOf(objectOf(text), path);
    entry.json = text;
    return entry;
}

Result<void> checkFrame(const QJsonObject& frame, const QString& path)
{
    const QJsonValue version = frame.value("schemaVersion"_L1);
    if (!version.isUndefined() && version.toInt() != 2)
        return fail(Error::Code::Corrupt, path, u"schemaVersion is not 2"_s);
    return {};
}

} // namespace

//! The entries that are plain, as nearly all are, without a value on the way. Names of one image stand side
//! by side as a rule: what they have in common is kept in memory once.
void OciLayoutIndex::addEntries(const QByteArray& text, const IndexText& parts)
{
    m_text = text;
    m_entries.reserve(qsizetype(parts.entries.size()));
    PlainEntry last;
    Descriptor target;
    for (const QByteArrayView& part : parts.entries) {
        const auto json = QByteArray::fromRawData(part.data(), part.size());
        const auto plain = readPlainEntry(part);
        const bool isKnown = plain && plain->digest == last.digest && plain->size == last.size
            && plain->mediaType == last.mediaType;
        if (plain && !isKnown) {
            const auto digest = Digest::parse(QString::fromUtf8(plain->digest));
            if (digest && plain->size <= MaxPlainSize) {
                target.digest = *digest;
                target.size = plain->size;
                if (plain->mediaType != last.mediaType)
                    target.mediaType = QString::fromUtf8(plain->mediaType);
                last = *plain;
            }
        }
        const bool isUsable = isKnown || (plain && last.digest.data() == plain->digest.data());
        if (!isUsable) {
            Entry& entry = m_entries.emplaceBack(entryOf(json, m_path));
            entry.json = json;
            continue;
        }
        Entry entry;
        entry.json = json;
        entry.target = target;
        entry.refName = QString::fromUtf8(plain->refName);
        entry.name =
            plain->containerdName.isEmpty() ? entry.refName : QString::fromUtf8(plain->containerdName);
        m_entries.append(std::move(entry));
    }
}

Result<OciLayoutIndex> OciLayoutIndex::parse(const QByteArray& bytes, const QString& path)
{
    if (const auto parts = splitIndex(bytes)) {
        if (auto right = checkFrame(objectOf(parts->frame), path); !right)
            return std::unexpected(std::move(right.error()));
        OciLayoutIndex index;
        index.m_path = path;
        index.m_frame = parts->frame;
        index.addEntries(bytes, *parts);
        index.findRepetitions();
        return index;
    }
    auto json = parseJsonObject(bytes, path);
    if (!json)
        return std::unexpected(std::move(json.error()));
    if (auto right = checkFrame(*json, path); !right)
        return std::unexpected(std::move(right.error()));
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
    index.m_frame = textOf(*json);
    index.findRepetitions();
    return index;
}

OciLayoutIndex OciLayoutIndex::empty()
{
    OciLayoutIndex index;
    index.m_frame = textOf({{u"schemaVersion"_s, 2}, {u"mediaType"_s, MediaType::OciIndex}});
    return index;
}

QByteArray OciLayoutIndex::toBytes() const
{
    QByteArray text = m_frame.chopped(1);
    if (text.size() > 1)
        text += ',';
    text += "\"manifests\":[";
    qsizetype size = text.size() + 2;
    for (const Entry& entry : m_entries)
        size += entry.json.size() + 1;
    text.reserve(size);
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        if (i > 0)
            text += ',';
        text += m_entries.at(i).json;
    }
    text += "]}";
    return text;
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
    if (!before || before->digest != target.digest)
        m_changes.append({meaningOf(name), before ? before->digest : Digest(), target.digest});

    bool isThere = false;
    for (qsizetype i = m_entries.size() - 1; i >= 0; --i) {
        if (!isCalled(m_entries.at(i), name, name))
            continue;
        const auto& pointed = m_entries.at(i).target;
        if (!isThere && pointed && pointed->digest == target.digest) {
            update(i, withName(objectOf(m_entries.at(i).json), name));
            isThere = true;
        } else {
            dropName(i);
        }
    }
    for (qsizetype i = 0; i < m_entries.size() && !isThere; ++i) {
        const Entry& entry = m_entries.at(i);
        const bool isNameless = entry.name.isEmpty() && !entry.isRepeated;
        if (isNameless && entry.target && entry.target->digest == target.digest) {
            update(i, withName(objectOf(entry.json), name));
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
    m_changes.append({meaningOf(stored), entry->target->digest, {}});
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
    m_entries.removeIf([&](const Entry& entry) {
        const bool goes = entry.target && digests.contains(entry.target->digest);
        if (goes && !entry.name.isEmpty())
            m_changes.append({meaningOf(entry.name), entry.target->digest, {}});
        return goes;
    });
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
        update(position, withoutNames(objectOf(m_entries.at(position).json)));
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
