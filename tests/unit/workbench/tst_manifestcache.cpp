// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/manifestcache.h"

#include "oci/mediatype.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

//! A place that counts what it is asked, since the promise is about the number of GETs.
class CountingPlace : public ContentReader
{
public:
    QHash<QString, ManifestContent> tags;
    int resolves = 0;
    int fetches = 0;

    void point(const QString& tag, const QByteArray& bytes)
    {
        ManifestContent content;
        content.bytes = bytes;
        content.descriptor.mediaType = MediaType::OciManifest;
        content.descriptor.digest = Digest::ofBytes(bytes);
        content.descriptor.size = bytes.size();
        tags.insert(tag, content);
    }

    Task<Result<Descriptor>> resolve(QString name, std::stop_token) override
    {
        ++resolves;
        return answer(tags.contains(name) ? Result<Descriptor>(tags.value(name).descriptor) : missing(name));
    }
    Task<Result<ManifestContent>> fetchManifest(QString name, std::stop_token) override
    {
        ++fetches;
        for (auto it = tags.cbegin(); it != tags.cend(); ++it) {
            if (it.key() == name || it->descriptor.digest.toString() == name)
                return answer(Result<ManifestContent>(*it));
        }
        return answer(Result<ManifestContent>(missing(name)));
    }
    Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64, std::stop_token) override
    {
        return answer(Result<ByteSourcePtr>(missing(blob.digest.toString())));
    }

private:
    static std::unexpected<Error> missing(const QString& name)
    {
        return fail(Error::Code::NotFound, name, u"not here"_s);
    }
    template<typename T>
    static Task<Result<T>> answer(Result<T> result)
    {
        co_return Result<T>(std::move(result));
    }
};

} // namespace

class TestManifestCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place = std::make_shared<CountingPlace>();
        m_place->point(u"v1"_s, "{\"first\":1}");
        m_cache = std::make_shared<ManifestCache>();
    }

    void aPreviewAndItsJobFetchOnce()
    {
        const auto reader = cachedReader(m_place, u"docker.io/library/nginx"_s, m_cache);
        const auto preview = QCoro::waitFor(reader->fetchManifest(u"v1"_s, {}));
        QVERIFY(preview);
        const auto again = QCoro::waitFor(
            cachedReader(m_place, u"docker.io/library/nginx"_s, m_cache)->fetchManifest(u"v1"_s, {}));
        QVERIFY(again);
        QCOMPARE(again->bytes, preview->bytes);
        QCOMPARE(m_place->fetches, 1);
        QCOMPARE(m_place->resolves, 1); // the tag may have moved: asked again, by the call that costs nothing
    }

    void aTagThatMovedIsNeverAnsweredFromMemory()
    {
        const auto reader = cachedReader(m_place, u"docker.io/library/nginx"_s, m_cache);
        QVERIFY(QCoro::waitFor(reader->fetchManifest(u"v1"_s, {})));
        m_place->point(u"v1"_s, "{\"second\":2}");
        const auto moved = QCoro::waitFor(reader->fetchManifest(u"v1"_s, {}));
        QVERIFY(moved);
        QCOMPARE(moved->bytes, "{\"second\":2}"_ba);
        QCOMPARE(m_place->fetches, 2);
    }

    void aDigestIsAnsweredWithoutAsking()
    {
        const auto reader = cachedReader(m_place, u"docker.io/library/nginx"_s, m_cache);
        const auto first = QCoro::waitFor(reader->fetchManifest(u"v1"_s, {}));
        QVERIFY(first);
        const auto byDigest = QCoro::waitFor(reader->fetchManifest(first->descriptor.digest.toString(), {}));
        QVERIFY(byDigest);
        QCOMPARE(m_place->fetches, 1);
        QCOMPARE(m_place->resolves, 0);
    }

    void whatIsMissingIsNotRemembered()
    {
        const auto reader = cachedReader(m_place, u"docker.io/library/nginx"_s, m_cache);
        const auto absent = QCoro::waitFor(reader->fetchManifest(u"v9"_s, {}));
        QVERIFY(!absent);
        QVERIFY(absent.error().code == Error::Code::NotFound);
        m_place->point(u"v9"_s, "{\"late\":1}");
        QVERIFY(QCoro::waitFor(reader->fetchManifest(u"v9"_s, {})));
    }

private:
    std::shared_ptr<CountingPlace> m_place;
    std::shared_ptr<ManifestCache> m_cache;
};

QTEST_GUILESS_MAIN(TestManifestCache)
#include "tst_manifestcache.moc"
