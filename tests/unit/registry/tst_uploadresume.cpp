// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "resumebench.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Uploads that break off go on where the registry has them, and begin anew where it does not.
class TestUploadResume : public QObject, private ResumeBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { prepare(); }
    void cleanup() { clear(); }
    void aMountThatIsNoneDoesNotHideWhatIsThere();

    void uploadGoesOnAfterACut_data();
    void uploadGoesOnAfterACut();
    void anotherClientOfTheSameLedgerGoesOn();
    void aClientThatRemembersNothingBeginsAnew();
    void theRestIsCutAgainAndAgain();
    void aStopLeavesTheSessionForLater();
    void aSessionThatWasForgottenIsBegunAnew();
    void aRegistryThatIsRestartedGoesOn();
    void aStatusThatFailsIsNoLostSession();
    void bytesThatArrivedWithoutAWordAreNotSentAgain();
    void nothingLeftIsClosedWithNothing();
    void anotherOffsetIsAskedFor();
    void disputesEnd();
    void wrongBytesAreNotBuiltUponTwice();
    void aResumedUploadThatEndsWrongBeginsAnew();
    void wrongBytesFromBeginningToEndAreTheError();
    void anOddRangeIsUnderstood();

private:
    QTemporaryDir m_folder;
};

namespace {

//! An upload that a scripted server knows, as if it had broken off before.
struct Left
{
    ScriptedRegistry registry;
    std::shared_ptr<UploadMemory> ledger = std::make_shared<UploadMemory>();
    std::shared_ptr<QList<qint64>> offsets = std::make_shared<QList<qint64>>();
    QByteArray bytes = scriptedPattern(0, 2'000'000); // small ones are not worth resuming

    [[nodiscard]] bool start()
    {
        if (!registry.start(noCredential(), {.uploads = ledger}))
            return false;
        ledger->note({registry.server.host(), u"a/b"_s, Digest::ofBytes(bytes)},
                     registry.server.url("/upload/old"));
        return true;
    }
    [[nodiscard]] Result<void> push() const
    {
        return QCoro::waitFor(
            registry.repository()->pushBlob(layerOf(bytes), memoryFactory(bytes, offsets), {}, Go));
    }
};

ScriptedAnswer statusOf(int status, const QByteArray& range)
{
    return ScriptedAnswer::text(status, "").with("Location", "/upload/new").with("Range", range);
}

} // namespace

void TestUploadResume::uploadGoesOnAfterACut_data()
{
    QTest::addColumn<bool>("isFile");
    QTest::addColumn<qint64>("after");
    for (const bool isFile : {false, true}) {
        const QByteArray source = isFile ? "file, " : "stream, ";
        QTest::addRow("%scut at the first byte", source.constData()) << isFile << qint64(0);
        // A status of "0-0" is nothing or one byte; to be taken for nothing.
        QTest::addRow("%scut in the middle", source.constData()) << isFile << qint64(3'456'789);
        QTest::addRow("%scut before the last byte", source.constData()) << isFile << qint64(5'999'999);
    }
}

void TestUploadResume::uploadGoesOnAfterACut()
{
    QFETCH(const bool, isFile);
    QFETCH(const qint64, after);
    if (isFile) {
        const QString path = m_folder.filePath(u"blob"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(m_bytes), m_bytes.size());
        m_open = [path, offsets = m_offsets](qint64 offset, const std::stop_token&) {
            offsets->append(offset);
            return ready(fileSource(path, offset));
        };
    }
    cutAt(after);
    COMPARE_ERROR(push(), Error::Code::Network);
    QCOMPARE(m_registry->openSessions(), 1);
    QCOMPARE(m_registry->bytesInSessions(), after);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
    QCOMPARE(m_registry->openSessions(), 0);
    QCOMPARE(*m_offsets, (QList<qint64>{0, after}));
    QCOMPARE(*m_progress, m_bytes.size());
    QCOMPARE(m_registry->requestCount("POST"), 1);
}

void TestUploadResume::anotherClientOfTheSameLedgerGoesOn()
{
    const auto ledger = std::make_shared<UploadMemory>();
    m_repository = client(ledger)->repository(u"a/b"_s);
    cutAt(2'000'000);
    QVERIFY(!push());
    m_repository = client(ledger)->repository(u"a/c"_s); // another place: none of its business
    VERIFY_RESULT(push());
    QCOMPARE(m_registry->bytesReceived(), 2'000'000 + m_bytes.size());
    m_repository = client(ledger)->repository(u"a/b"_s);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), 2 * m_bytes.size());
    QCOMPARE(*m_offsets, (QList<qint64>{0, 0, 2'000'000}));
}

void TestUploadResume::aClientThatRemembersNothingBeginsAnew()
{
    cutAt(2'000'000);
    QVERIFY(!push());
    m_repository = client()->repository(u"a/b"_s);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), 2'000'000 + m_bytes.size());
}

void TestUploadResume::theRestIsCutAgainAndAgain()
{
    for (int i = 0; i < 10; ++i)
        cutAt(500'000);
    for (int i = 0; i < 10; ++i)
        COMPARE_ERROR(push(), Error::Code::Network);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
}

void TestUploadResume::aStopLeavesTheSessionForLater()
{
    m_proxy->add({.action = Sabotage::Action::StallRequest, .method = "PUT", .after = 2'000'000});
    std::stop_source stop;
    std::optional<Result<void>> result;
    [](std::shared_ptr<Repository> repository, Descriptor blob, SourceFactory open, std::stop_token token,
       std::optional<Result<void>>* out) -> Task<void> {
        auto done = co_await repository->pushBlob(blob, open, {}, token);
        out->emplace(std::move(done));
    }(m_repository, m_blob, m_open, stop.get_token(), &result);
    QTRY_COMPARE(m_registry->bytesInSessions(), 2'000'000);
    stop.request_stop();
    QTRY_VERIFY(result);
    COMPARE_ERROR(*result, Error::Code::Cancelled);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
}

void TestUploadResume::aSessionThatWasForgottenIsBegunAnew()
{
    cutAt(2'000'000);
    QVERIFY(!push());
    m_registry->forgetSessions();
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), 2'000'000 + m_bytes.size());
    QCOMPARE(m_registry->openSessions(), 0);
}

void TestUploadResume::aRegistryThatIsRestartedGoesOn()
{
    cutAt(2'000'000);
    QVERIFY(!push());
    m_registry->stop();
    COMPARE_ERROR(push(), Error::Code::Network);
    QVERIFY(m_registry->start());
    // The first may still go to a connection of before whose end nobody has noticed.
    if (const auto first = push(); !first)
        VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
}

void TestUploadResume::aStatusThatFailsIsNoLostSession()
{
    cutAt(2'000'000);
    m_proxy->add({.action = Sabotage::Action::Answer, .method = "GET", .path = "/blobs/uploads/"});
    QVERIFY(!push());
    QCOMPARE(push().error().httpStatus, 503);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
}

void TestUploadResume::bytesThatArrivedWithoutAWordAreNotSentAgain()
{
    m_proxy->add({.action = Sabotage::Action::CutReplyHead, .method = "PUT", .path = "/blobs/uploads/"});
    COMPARE_ERROR(push(), Error::Code::Network);
    QVERIFY(arrived());
    VERIFY_RESULT(push());
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
    QCOMPARE(m_registry->requestCount("POST"), 1);
    QCOMPARE(*m_progress, m_bytes.size());
}

void TestUploadResume::nothingLeftIsClosedWithNothing()
{
    Left left;
    QVERIFY(left.start());
    left.registry.server.on("GET", "/upload/old", statusOf(204, "0-1999999"));
    left.registry.server.on("PUT", "/upload/new", ScriptedAnswer::text(201, ""));
    VERIFY_RESULT(left.push());
    QCOMPARE(left.registry.requests("PUT").size(), 1);
    QCOMPARE(left.registry.requests("PUT").constFirst().bodySize, 0);
    QCOMPARE(left.registry.requests("PUT").constFirst().headers.value("Content-Length"), "0");
    QVERIFY(left.offsets->isEmpty());
}

void TestUploadResume::anotherOffsetIsAskedFor()
{
    // What was still under way when the status was asked for has come since.
    Left left;
    QVERIFY(left.start());
    left.registry.server.on("GET", "/upload/old", statusOf(204, "0-99"));
    left.registry.server.on("GET", "/upload/new", statusOf(204, "0-299"));
    left.registry.server.on("PUT", "/upload/new", [](const ScriptedRequest& request) {
        return request.headers.value("Content-Range") == "300-1999999" ? ScriptedAnswer::text(201, "")
                                                                       : statusOf(416, "0-299");
    });
    VERIFY_RESULT(left.push());
    QCOMPARE(*left.offsets, (QList<qint64>{100, 300}));
    QCOMPARE(left.registry.requests("PUT").size(), 2);
    QCOMPARE(left.registry.requests("PUT").constLast().body, left.bytes.mid(300));
}

void TestUploadResume::disputesEnd()
{
    Left left;
    QVERIFY(left.start());
    left.registry.server.on("GET", "/upload/*", statusOf(204, "0-99"));
    left.registry.server.on("PUT", "/upload/*", statusOf(416, "0-99"));
    left.registry.server.on("DELETE", "/upload/*", ScriptedAnswer::text(204, ""));
    const auto pushed = left.push();
    QVERIFY(!pushed);
    QCOMPARE(pushed.error().httpStatus, 416);
    QVERIFY(left.registry.requests("PUT").size() < 10);
    QCOMPARE(left.registry.requests("DELETE").size(), 1);
}

void TestUploadResume::wrongBytesAreNotBuiltUponTwice()
{
    // The turned bit and the cut are in two requests, since one suffers one thing only.
    cutAt(1'000'000);
    m_proxy->add({.action = Sabotage::Action::CorruptRequest, .method = "PUT", .after = 100});
    cutAt(1'000'000);
    COMPARE_ERROR(push(), Error::Code::Network);
    COMPARE_ERROR(push(), Error::Code::Network); // begun anew, and cut
    QVERIFY(!arrived());
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(*m_offsets, (QList<qint64>{0, 1'000'000, 0, 1'000'000}));
    QCOMPARE(m_registry->bytesReceived(), 2 * m_bytes.size());
}

void TestUploadResume::aResumedUploadThatEndsWrongBeginsAnew()
{
    cutAt(1'000'000);
    m_proxy->add({.action = Sabotage::Action::CorruptRequest, .method = "PUT", .after = 100});
    COMPARE_ERROR(push(), Error::Code::Network);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(*m_offsets, (QList<qint64>{0, 1'000'000, 0}));
    QCOMPARE(m_registry->openSessions(), 0);
}

void TestUploadResume::wrongBytesFromBeginningToEndAreTheError()
{
    m_proxy->add({.action = Sabotage::Action::CorruptRequest, .method = "PUT", .after = 100, .times = -1});
    COMPARE_ERROR(push(), Error::Code::DigestMismatch);
    QCOMPARE(*m_offsets, QList<qint64>{0});
    // A resumed one is followed by one that is not, and by no more.
    m_proxy->clear();
    cutAt(1'000'000);
    QVERIFY(!push());
    m_proxy->add({.action = Sabotage::Action::CorruptRequest, .method = "PUT", .after = 100, .times = -1});
    COMPARE_ERROR(push(), Error::Code::DigestMismatch);
    QCOMPARE(*m_offsets, (QList<qint64>{0, 0, 1'000'000, 0}));
    QCOMPARE(m_registry->openSessions(), 0);
}

void TestUploadResume::anOddRangeIsUnderstood()
{
    m_registry->setOptions({.oddRanges = true, .relativeLocation = true});
    cutAt(0);
    cutAt(2'000'000);
    QVERIFY(!push());
    QVERIFY(!push());
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
}

void TestUploadResume::aMountThatIsNoneDoesNotHideWhatIsThere()
{
    cutAt(3 * MiB);
    QVERIFY(!push());
    const auto mounted = QCoro::waitFor(m_repository->mountBlob(m_blob, u"base/os"_s, Go));
    VERIFY_RESULT(mounted);
    QVERIFY(!*mounted);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_offsets->constLast(), 3 * MiB);
    QCOMPARE(m_registry->bytesReceived(), m_bytes.size());
    QCOMPARE(m_registry->openSessions(), 0); // the mount's is cancelled
}

QTEST_GUILESS_MAIN(TestUploadResume)
#include "tst_uploadresume.moc"
