// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "resumebench.h"

#include "oci/mediatype.h"

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr qint64 Size = 12 * MiB;

Task<bool> answer(bool yes)
{
    co_return yes;
}

} // namespace

//! Streams that are made while they travel go on where the registry has them, and no byte goes twice.
class TestStreamResume : public QObject, private ResumeBench
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        prepare();
        make(Size);
        m_made = std::make_shared<int>();
        m_asked = std::make_shared<QList<Error::Code>>();
        m_tries = 0;
    }
    void cleanup() { clear(); }

    void streamGoesOnAfterACut_data()
    {
        QTest::addColumn<qint64>("after");
        QTest::newRow("at the first byte") << qint64(0);
        QTest::newRow("early") << qint64(100'000);
        QTest::newRow("in the middle") << qint64(7'654'321);
        QTest::newRow("before the last byte") << qint64(Size - 1);
    }

    void streamGoesOnAfterACut()
    {
        QFETCH(const qint64, after);
        m_tries = 3;
        cutAt(after, "PATCH");
        QList<qint64> starts;
        qint64 last = -1;
        const auto blob = pushStream(stream(), [&](qint64 done) {
            if (done <= last || last < 0)
                starts.append(done);
            last = done;
        });
        VERIFY_RESULT(blob);
        QCOMPARE(blob->digest, m_blob.digest);
        QCOMPARE(blob->size, Size);
        QCOMPARE(blob->mediaType, QString(MediaType::OciLayerGzip));
        QVERIFY(arrived());
        QCOMPARE(m_registry->bytesReceived(), Size);
        QCOMPARE(m_registry->openSessions(), 0);
        QVERIFY(*m_asked == QList<Error::Code>{Error::Code::Network});
        QCOMPARE(last, Size);
        QCOMPARE(starts.first(), 0);
    }

    void whatWasSentLastIsKept()
    {
        // Nothing lies between here and there that could hold much.
        m_tries = 1;
        make(MiB);
        cutAt(500'000, "PATCH");
        VERIFY_RESULT(pushStream(stream()));
        QCOMPARE(m_registry->bytesReceived(), MiB);
        QCOMPARE(*m_made, 1);
    }

    void linesThatBreakAgainAndAgain()
    {
        m_tries = 1000;
        m_proxy->cutAtRandom({.seed = 5,
                              .count = 30,
                              .action = Sabotage::Action::CutRequest,
                              .distance = MiB / 3,
                              .inHeads = 0,
                              .path = "/blobs/uploads/"});
        const auto blob = pushStream(stream());
        VERIFY_RESULT(blob);
        QCOMPARE(blob->digest, m_blob.digest);
        QVERIFY(arrived());
        QCOMPARE(m_registry->bytesReceived(), Size);
        QCOMPARE_GT(m_proxy->struck(), 15);
    }

    void aLaterProcessGoesOn()
    {
        const auto ledger = std::make_shared<UploadMemory>();
        m_repository = client(ledger)->repository(u"a/b"_s);
        cutAt(5'000'000, "PATCH");
        COMPARE_ERROR(pushStream(stream()), Error::Code::Network);
        QCOMPARE(m_registry->openSessions(), 1);
        m_repository = client(ledger)->repository(u"a/b"_s);
        const auto blob = pushStream(stream());
        VERIFY_RESULT(blob);
        QCOMPARE(blob->digest, m_blob.digest);
        QCOMPARE(*m_made, 2); // and the first half of the second was not sent
        QCOMPARE(m_registry->bytesReceived(), Size);
        QCOMPARE(m_registry->openSessions(), 0);
    }

    void anotherKeyBeginsAnew()
    {
        cutAt(5'000'000, "PATCH");
        QVERIFY(!pushStream(stream()));
        StreamedBlob other = stream();
        other.key = Digest::ofBytes("another level");
        VERIFY_RESULT(pushStream(other));
        QCOMPARE(m_registry->bytesReceived(), 5'000'000 + Size);
    }

    void withoutAKeyNothingIsRemembered()
    {
        cutAt(5'000'000, "PATCH");
        StreamedBlob unknown = stream();
        unknown.key = {};
        QVERIFY(!pushStream(unknown));
        VERIFY_RESULT(pushStream(unknown));
        QCOMPARE(m_registry->bytesReceived(), 5'000'000 + Size);
    }

    void aStopLeavesTheSessionForLater()
    {
        m_proxy->add({.action = Sabotage::Action::StallRequest, .method = "PATCH", .after = 3'000'000});
        std::stop_source stop;
        auto pushing = m_repository->pushStream(stream(), {}, stop.get_token());
        QTRY_COMPARE(m_registry->bytesInSessions(), 3'000'000);
        stop.request_stop();
        COMPARE_ERROR(QCoro::waitFor(pushing), Error::Code::Cancelled);
        m_proxy->release();
        VERIFY_RESULT(pushStream(stream()));
        QVERIFY(arrived());
        QCOMPARE_LE(m_registry->bytesReceived(), Size + 8 * MiB); // what the proxy held may still have come
        QVERIFY(m_asked->isEmpty());
    }

    void otherBytesInTheSessionAreNotBuiltUpon()
    {
        // As if a library of the same name had made the first part.
        const QByteArray right = m_bytes;
        const Descriptor blob = m_blob;
        make(Size);
        m_bytes[1000] = char(m_bytes[1000] + 1);
        cutAt(5'000'000, "PATCH");
        QVERIFY(!pushStream(stream()));
        m_bytes = right;
        m_blob = blob;
        const auto pushed = pushStream(stream());
        VERIFY_RESULT(pushed);
        QCOMPARE(pushed->digest, blob.digest);
        QVERIFY(arrived());
        QCOMPARE(m_registry->bytesReceived(), 2 * Size);
        QVERIFY(m_asked->size() == 1); // by the cut; to begin anew nobody has to be asked
        QCOMPARE(m_registry->openSessions(), 0);
    }

    void aSessionWithMoreThanThereIsIsGivenUp()
    {
        cutAt(5'000'000, "PATCH");
        QVERIFY(!pushStream(stream()));
        make(1'000'000);
        const auto pushed = pushStream(stream());
        VERIFY_RESULT(pushed);
        QCOMPARE(pushed->digest, m_blob.digest);
        QCOMPARE(m_registry->bytesReceived(), 6'000'000);
    }

    void bytesThatArrivedWithoutAWordAreNotSentAgain()
    {
        m_tries = 1;
        m_proxy->add({.action = Sabotage::Action::CutReplyHead, .method = "PUT", .path = "/blobs/uploads/"});
        VERIFY_RESULT(pushStream(stream()));
        QCOMPARE(m_registry->bytesReceived(), Size);
        QCOMPARE(*m_made, 1);

        // Nor in a later push of the same program.
        make(Size - 1);
        m_tries = 0;
        m_proxy->add({.action = Sabotage::Action::CutReplyHead, .method = "PUT", .path = "/blobs/uploads/"});
        QVERIFY(!pushStream(stream()));
        VERIFY_RESULT(pushStream(stream()));
        QCOMPARE(m_registry->bytesReceived(), 2 * Size - 1);
    }

    void theAnswerToTheLastByteIsLost()
    {
        m_tries = 1;
        m_proxy->add(
            {.action = Sabotage::Action::CutReplyHead, .method = "PATCH", .path = "/blobs/uploads/"});
        VERIFY_RESULT(pushStream(stream()));
        QVERIFY(arrived());
        QCOMPARE(m_registry->bytesReceived(), Size);
        QCOMPARE(m_registry->requestCount("PATCH"), 1); // nothing is left for another
        QCOMPARE(*m_made, 1);
    }

    void aRegistryThatLosesSessionsGetsChunks()
    {
        m_tries = 10;
        m_registry->setOptions({.losesSessions = true});
        cutAt(MiB, "PATCH");
        cutAt(2 * MiB, "PATCH");
        VERIFY_RESULT(pushStream(stream()));
        QVERIFY(arrived());
        QCOMPARE(m_registry->bytesReceived(), 3 * MiB + Size);
        QCOMPARE(m_registry->requestCount("PATCH"), 2 + 2); // the last chunk goes with the PUT
        QCOMPARE(m_asked->size(), 2);
    }

    void aChunkThatBreaksOffWaitsBeforeItGoesOn()
    {
        // Whoever wants chunks gets the missing part of one, after a pause, and the stream is not made again.
        m_tries = 10;
        m_registry->setOptions({.losesSessions = true});
        cutAt(1000, "PATCH");
        cutAt(1000, "PATCH");
        cutAt(0, "PATCH", 1); // in between two chunks
        VERIFY_RESULT(pushStream(stream()));
        QVERIFY(arrived());
        QCOMPARE(m_asked->size(), 3);
        QCOMPARE(m_registry->bytesReceived(), 2 * 1000 + Size);
        QCOMPARE_LE(*m_made, 3);
    }

    void whoseStatusIsNotTrueIsNotAsked_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::newRow("GHCR") << u"ghcr.io"_s;
        QTest::newRow("ECR") << u"1.dkr.ecr.eu-west-1.amazonaws.com"_s;
    }

    void whoseStatusIsNotTrueIsNotAsked()
    {
        QFETCH(const QString, registry);
        m_tries = 1;
        rename(registry);
        m_registry->setOptions({.relativeLocation = true});
        cutAt(MiB, "PATCH");
        VERIFY_RESULT(pushStream(stream()));
        QVERIFY(arrived());
        QCOMPARE(m_registry->bytesReceived(), MiB + Size);
        QCOMPARE(m_registry->requestCount("GET"), 0);
        QCOMPARE(m_registry->requestCount("PATCH"), 2);
        m_repository.reset();
    }

    void aBrokenSourceEndsItAtOnce()
    {
        m_tries = 10;
        StreamedBlob broken = stream();
        broken.make = [](const std::stop_token&) -> Task<Result<ByteSourcePtr>> {
            co_return fail(Error::Code::Io, u"layer.tar"_s, u"unreadable"_s);
        };
        const auto pushed = pushStream(broken);
        COMPARE_ERROR(pushed, Error::Code::Io);
        QVERIFY(m_asked->isEmpty());
        QCOMPARE(m_registry->openSessions(), 0);
    }

private:
    [[nodiscard]] StreamedBlob stream()
    {
        StreamedBlob stream;
        stream.mediaType = MediaType::OciLayerGzip;
        stream.make = [this](const std::stop_token&) {
            ++*m_made;
            return ready(memorySource(m_bytes));
        };
        stream.key = Digest::ofBytes("layer by gzip");
        stream.again = [this](const Error& error, const std::stop_token&) {
            m_asked->append(error.code);
            return answer(m_tries-- > 0);
        };
        return stream;
    }

    [[nodiscard]] Result<Descriptor> pushStream(StreamedBlob stream, const ProgressCallback& progress = {})
    {
        return QCoro::waitFor(m_repository->pushStream(std::move(stream), progress, Go));
    }

    std::shared_ptr<int> m_made;
    std::shared_ptr<QList<Error::Code>> m_asked;
    int m_tries = 0; //!< that are still granted
};

QTEST_GUILESS_MAIN(TestStreamResume)
#include "tst_streamresume.moc"
