// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/documentfile.h"

#include "content/verify.h"

#include <QTimeZone>

#include <cstring>
#include <limits>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// To be changed with anything that is written below, and with what is taken from the documents.
constexpr QByteArrayView Magic = "tagboat documents 1\n";
constexpr qsizetype ChecksumSize = 64;
constexpr qint64 NoTime = std::numeric_limits<qint64>::min();

QByteArray checksumOf(QByteArrayView body)
{
    Hasher hasher(u"sha256"_s);
    hasher.update(body);
    return hasher.finish().hex().toLatin1();
}

//! Writes numbers as they lie in memory, and each text once: the file never leaves its machine.
class Packer
{
public:
    void number(qint64 value) { append(&value, sizeof value); }
    void count(qsizetype value) { small(quint32(value)); }
    void text(const QString& text)
    {
        const auto next = quint32(m_numbers.size());
        const auto known = m_numbers.constFind(text);
        if (known != m_numbers.cend()) {
            small(*known);
            return;
        }
        m_numbers.insert(text, next);
        m_texts.append(text);
        small(next);
    }
    void digest(const Digest& digest) { text(digest.toString()); }
    void texts(const QStringList& list)
    {
        count(list.size());
        for (const QString& each : list)
            text(each);
    }
    void digests(const QList<Digest>& list)
    {
        count(list.size());
        for (const Digest& each : list)
            digest(each);
    }
    void platform(const Platform& platform)
    {
        text(platform.os);
        text(platform.architecture);
        text(platform.variant);
        text(platform.osVersion);
        texts(platform.osFeatures);
    }
    void descriptor(const Descriptor& descriptor)
    {
        text(descriptor.mediaType);
        digest(descriptor.digest);
        number(descriptor.size);
        const bool isPlain = !descriptor.platform && descriptor.annotations.isEmpty()
            && descriptor.artifactType.isEmpty() && descriptor.urls.isEmpty();
        small(isPlain ? 0 : descriptor.platform ? 2 : 1);
        if (isPlain)
            return;
        if (descriptor.platform)
            platform(*descriptor.platform);
        texts(descriptor.annotations.keys());
        texts(descriptor.annotations.values());
        text(descriptor.artifactType);
        texts(descriptor.urls);
    }
    void descriptors(const QList<Descriptor>& list)
    {
        count(list.size());
        for (const Descriptor& each : list)
            descriptor(each);
    }
    void small(quint32 value) { append(&value, sizeof value); }

    [[nodiscard]] QByteArray body() const
    {
        QByteArray table;
        const auto put = [&table](quint32 value) {
            table.append(reinterpret_cast<const char*>(&value), sizeof value);
        };
        put(quint32(m_texts.size()));
        for (const QString& text : m_texts) {
            const QByteArray bytes = text.toUtf8();
            put(quint32(bytes.size()));
            table += bytes;
        }
        return table + m_bytes;
    }

private:
    void append(const void* value, size_t size)
    {
        m_bytes.append(static_cast<const char*>(value), qsizetype(size));
    }

    QHash<QString, quint32> m_numbers;
    QStringList m_texts;
    QByteArray m_bytes;
};

//! Reads what Packer wrote. Beyond the end, and from any text that is none, come zeros: ask isRight() last.
class Unpacker
{
public:
    explicit Unpacker(QByteArrayView body) : m_at(body.data()), m_end(body.data() + body.size())
    {
        const quint32 texts = small();
        if (texts > body.size())
            m_isRight = false;
        m_texts.reserve(m_isRight ? texts : 0);
        for (quint32 i = 0; i < texts && m_isRight; ++i) {
            const quint32 size = small();
            if (m_end - m_at < qint64(size)) {
                m_isRight = false;
                return;
            }
            m_texts.append(QString::fromUtf8(m_at, qsizetype(size)));
            m_at += size;
        }
        m_digests.resize(m_texts.size());
    }

    [[nodiscard]] bool isRight() const { return m_isRight; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_end; }

    quint32 small() { return take<quint32>(); }
    qint64 number() { return take<qint64>(); }
    //! Of things that take four bytes each at least.
    qsizetype count()
    {
        const quint32 value = small();
        if (qint64(value) * 4 > m_end - m_at)
            m_isRight = false;
        return m_isRight ? qsizetype(value) : 0;
    }
    QString text()
    {
        const quint32 number = small();
        m_isRight = m_isRight && qsizetype(number) < m_texts.size();
        return m_isRight ? m_texts.at(number) : QString();
    }
    Digest digest()
    {
        const quint32 number = small();
        m_isRight = m_isRight && qsizetype(number) < m_texts.size();
        if (!m_isRight || m_texts.at(number).isEmpty())
            return {};
        Digest& known = m_digests[number];
        if (known.isNull()) {
            auto parsed = Digest::parse(m_texts.at(number));
            m_isRight = parsed.has_value();
            known = parsed.value_or(Digest());
        }
        return known;
    }
    QStringList texts()
    {
        QStringList list(count());
        for (QString& each : list)
            each = text();
        return list;
    }
    QList<Digest> digests()
    {
        QList<Digest> list(count());
        for (Digest& each : list)
            each = digest();
        return list;
    }
    Platform platform()
    {
        Platform platform;
        platform.os = text();
        platform.architecture = text();
        platform.variant = text();
        platform.osVersion = text();
        platform.osFeatures = texts();
        return platform;
    }
    Descriptor descriptor()
    {
        Descriptor descriptor;
        descriptor.mediaType = text();
        descriptor.digest = digest();
        descriptor.size = number();
        const quint32 kind = small();
        if (kind == 0)
            return descriptor;
        if (kind == 2)
            descriptor.platform = platform();
        const QStringList keys = texts();
        const QStringList values = texts();
        m_isRight = m_isRight && keys.size() == values.size();
        for (qsizetype i = 0; m_isRight && i < keys.size(); ++i)
            descriptor.annotations.insert(keys.at(i), values.at(i));
        descriptor.artifactType = text();
        descriptor.urls = texts();
        return descriptor;
    }
    QList<Descriptor> descriptors()
    {
        QList<Descriptor> list;
        const qsizetype size = count();
        list.reserve(size);
        for (qsizetype i = 0; i < size && m_isRight; ++i)
            list.append(descriptor());
        return list;
    }

private:
    template<typename T>
    T take()
    {
        T value = 0;
        if (m_end - m_at < qint64(sizeof value)) {
            m_isRight = false;
            return value;
        }
        std::memcpy(&value, m_at, sizeof value);
        m_at += sizeof value;
        return value;
    }

    const char* m_at;
    const char* m_end;
    bool m_isRight = true;
    QStringList m_texts;
    QList<Digest> m_digests;
};

void pack(Packer& packer, const StoredDocument& document)
{
    packer.small(quint32(document.kind));
    packer.text(document.mediaType);
    packer.small(document.isImage ? 1 : 0);
    packer.text(document.artifactType);
    packer.descriptor(document.config);
    packer.descriptors(document.layers);
    packer.descriptors(document.children);
    packer.small(document.subject ? 1 : 0);
    if (document.subject)
        packer.descriptor(*document.subject);
    packer.digests(document.mentioned);
}

StoredDocument unpackDocument(Unpacker& unpacker)
{
    StoredDocument document;
    document.kind = StoredDocument::Kind(qMin(unpacker.small(), quint32(StoredDocument::Kind::Unknown)));
    document.mediaType = unpacker.text();
    document.isImage = unpacker.small() != 0;
    document.artifactType = unpacker.text();
    document.config = unpacker.descriptor();
    document.layers = unpacker.descriptors();
    document.children = unpacker.descriptors();
    if (unpacker.small() != 0)
        document.subject = unpacker.descriptor();
    document.mentioned = unpacker.digests();
    return document;
}

void pack(Packer& packer, const StoredConfig& config)
{
    packer.platform(config.platform);
    packer.number(config.created.isValid() ? config.created.toMSecsSinceEpoch() : NoTime);
    packer.digests(config.diffIds);
    packer.texts(config.steps);
    packer.count(config.labels.size());
    for (const StoredLabel& label : config.labels) {
        packer.text(label.key);
        packer.text(label.value);
    }
}

StoredConfig unpackConfig(Unpacker& unpacker)
{
    StoredConfig config;
    config.platform = unpacker.platform();
    if (const qint64 created = unpacker.number(); created != NoTime)
        config.created = QDateTime::fromMSecsSinceEpoch(created, QTimeZone::UTC);
    config.diffIds = unpacker.digests();
    config.steps = unpacker.texts();
    config.labels.resize(unpacker.count());
    for (StoredLabel& label : config.labels) {
        label.key = unpacker.text();
        label.value = unpacker.text();
    }
    return config;
}

} // namespace

QByteArray packDocuments(const KnownDocuments& known)
{
    Packer packer;
    packer.count(known.documents.size());
    for (auto each = known.documents.cbegin(); each != known.documents.cend(); ++each) {
        packer.digest(each.key());
        pack(packer, *each.value());
    }
    packer.count(known.configs.size());
    for (auto each = known.configs.cbegin(); each != known.configs.cend(); ++each) {
        packer.digest(each.key());
        pack(packer, *each.value());
    }
    const QByteArray body = packer.body();
    QByteArray bytes = Magic.toByteArray();
    bytes += checksumOf(body);
    bytes += body;
    return bytes;
}

std::optional<KnownDocuments> unpackDocuments(const QByteArray& bytes)
{
    if (!bytes.startsWith(Magic) || bytes.size() < Magic.size() + ChecksumSize)
        return std::nullopt;
    const QByteArrayView rest = QByteArrayView(bytes).sliced(Magic.size());
    const QByteArrayView body = rest.sliced(ChecksumSize);
    if (checksumOf(body) != rest.first(ChecksumSize))
        return std::nullopt;
    Unpacker unpacker(body);
    KnownDocuments known;
    const qsizetype documents = unpacker.count();
    known.documents.reserve(documents);
    for (qsizetype i = 0; i < documents && unpacker.isRight(); ++i) {
        const Digest digest = unpacker.digest();
        known.documents.insert(digest, std::make_shared<const StoredDocument>(unpackDocument(unpacker)));
    }
    const qsizetype configs = unpacker.count();
    known.configs.reserve(configs);
    for (qsizetype i = 0; i < configs && unpacker.isRight(); ++i) {
        const Digest digest = unpacker.digest();
        known.configs.insert(digest, std::make_shared<const StoredConfig>(unpackConfig(unpacker)));
    }
    if (!unpacker.isRight() || !unpacker.isAtEnd())
        return std::nullopt;
    return known;
}

} // namespace Tagboat
