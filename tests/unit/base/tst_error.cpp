// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/result.h"

#include <QSet>
#include <QTest>

#include <cerrno>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasItsOwnName();
    void errnoIsMapped_data();
    void errnoIsMapped();
    void refinementsChain();
    void lineNamesAllThatIsKnown();
    void transientIsWhatMaySucceedWhenTriedAgain_data();
    void transientIsWhatMaySucceedWhenTriedAgain();
};

void TestError::everyCodeHasItsOwnName()
{
    QSet<QString> names;
    for (int i = 0; i <= int(Error::Code::Internal); ++i)
        names += toString(Error::Code(i));
    QCOMPARE(names.size(), int(Error::Code::Internal) + 1);
    QCOMPARE(toString(Error::Code::PlainHttpServer), "PlainHttpServer"_L1);
}

void TestError::errnoIsMapped_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("code");
    QTest::newRow("no space") << ENOSPC << int(Error::Code::DiskFull);
    QTest::newRow("over quota") << EDQUOT << int(Error::Code::DiskFull);
    QTest::newRow("file too big") << EFBIG << int(Error::Code::DiskFull);
    QTest::newRow("missing") << ENOENT << int(Error::Code::NotFound);
    QTest::newRow("no right") << EACCES << int(Error::Code::Io);
    QTest::newRow("read-only") << EROFS << int(Error::Code::Io);
}

void TestError::errnoIsMapped()
{
    QFETCH(int, number);
    QFETCH(int, code);
    const Error error = Error::fromErrno(number, u"/some/file"_s, u"cannot write");
    QCOMPARE(int(error.code), code);
    QCOMPARE(error.subject, u"/some/file"_s);
    QVERIFY(error.message.startsWith(u"cannot write: "_s));
    QVERIFY(error.message.contains(qt_error_string(number)));
}

void TestError::refinementsChain()
{
    const Error cause = Error::make(Error::Code::Network, u"ghcr.io"_s, u"connection reset"_s);
    const Error error = Error::make(Error::Code::Corrupt, u"sha256:1234"_s, u"ends early"_s)
                            .during(u"pull blob"_s)
                            .at(Error::Origin::Source)
                            .because(cause);
    QCOMPARE(error.operation, u"pull blob"_s);
    QCOMPARE(error.origin, Error::Origin::Source);
    QVERIFY(error.cause);
    QCOMPARE(error.cause->subject, u"ghcr.io"_s);
    QVERIFY(error.toString().contains(u"because of Network: ghcr.io: connection reset"_s));
}

void TestError::lineNamesAllThatIsKnown()
{
    Error error = Error::make(Error::Code::Denied, u"alice/ui"_s, u"requested access is denied"_s)
                      .during(u"push blob"_s);
    error.httpStatus = 401;
    QCOMPARE(error.toString(), u"Denied: push blob: alice/ui: requested access is denied (HTTP 401)"_s);
    QCOMPARE(Error::make(Error::Code::Cancelled, {}, {}).toString(), u"Cancelled"_s);
}

void TestError::transientIsWhatMaySucceedWhenTriedAgain_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("expected");
    QTest::newRow("line lost") << int(Error::Code::Network) << 0 << true;
    QTest::newRow("silence") << int(Error::Code::Timeout) << 0 << true;
    QTest::newRow("told to wait") << int(Error::Code::RateLimited) << 429 << true;
    QTest::newRow("server trouble") << int(Error::Code::Internal) << 503 << true;
    QTest::newRow("never implemented") << int(Error::Code::Unsupported) << 501 << false;
    QTest::newRow("not found") << int(Error::Code::NotFound) << 404 << false;
    QTest::newRow("certificate") << int(Error::Code::Tls) << 0 << false;
    QTest::newRow("stopped") << int(Error::Code::Cancelled) << 503 << false;
}

void TestError::transientIsWhatMaySucceedWhenTriedAgain()
{
    QFETCH(int, code);
    QFETCH(int, status);
    Error error = Error::make(Error::Code(code), {}, {});
    error.httpStatus = status;
    QTEST(error.isTransient(), "expected");
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
