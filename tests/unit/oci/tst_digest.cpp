// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/digest.h"
#include "support/resulttest.h"

#include <QHash>
#include <QTest>

#include <unordered_set>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class tst_Digest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodDigestsAreKept_data();
    void goodDigestsAreKept();
    void badDigestsAreRefused_data();
    void badDigestsAreRefused();
    void ofBytesIsSha256();
    void partsAreGiven();
    void nullIsEmptyEverywhere();
    void ordersAndHashes();
};

void tst_Digest::goodDigestsAreKept_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("sha256") << u"sha256:"_s + QString(64, u'a');
    QTest::newRow("sha384") << u"sha384:"_s + QString(96, u'0');
    QTest::newRow("sha512") << u"sha512:"_s + QString(128, u'f');
}

void tst_Digest::goodDigestsAreKept()
{
    QFETCH(const QString, text);
    const Result<Digest> digest = Digest::parse(text);
    VERIFY_RESULT(digest);
    QCOMPARE(digest->toString(), text);
    QCOMPARE(digest->algorithm(), text.first(6));
    QCOMPARE(digest->hex(), text.sliced(7));
    QVERIFY(!digest->isNull());
}

void tst_Digest::badDigestsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const QString format = u"invalid checksum digest format"_s, length = u"invalid checksum digest length"_s,
                  unsupported = u"unsupported digest algorithm"_s;
    QTest::newRow("empty") << QString() << format;
    QTest::newRow("no colon") << QString(64, u'a') << format;
    QTest::newRow("no algorithm") << u":"_s + QString(64, u'a') << format;
    QTest::newRow("nothing after the colon") << u"sha256:"_s << format;
    QTest::newRow("uppercase hex") << u"sha256:"_s + QString(64, u'A') << format;
    QTest::newRow("not hex") << u"sha256:"_s + QString(64, u'g') << format;
    QTest::newRow("a path") << u"sha256:"_s + u"../"_s.repeated(21) + u'a' << format;
    QTest::newRow("full-width digits") << u"sha256:"_s + QString(64, QChar(0xff10)) << format;
    QTest::newRow("too short") << u"sha256:"_s + QString(63, u'a') << length;
    QTest::newRow("too long") << u"sha256:"_s + QString(65, u'a') << length;
    QTest::newRow("sha512 with the length of sha256") << u"sha512:"_s + QString(64, u'a') << length;
    QTest::newRow("md5") << u"md5:"_s + QString(32, u'a') << unsupported;
    QTest::newRow("blake3") << u"blake3:"_s + QString(64, u'a') << unsupported;
    QTest::newRow("multihash") << u"multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8"_s
                               << unsupported;
    QTest::newRow("uppercase algorithm") << u"SHA256:"_s + QString(64, u'a') << format;
    QTest::newRow("algorithm is a path") << u"../sha256:"_s + QString(64, u'a') << format;
    QTest::newRow("dangling separator") << u"sha256+:"_s + QString(64, u'a') << format;
}

void tst_Digest::badDigestsAreRefused()
{
    QFETCH(const QString, text);
    const Result<Digest> digest = Digest::parse(text);
    COMPARE_ERROR(digest, Error::Code::InvalidInput);
    QTEST(digest.error().message, "message");
    QCOMPARE(digest.error().subject, text);
}

void tst_Digest::ofBytesIsSha256()
{
    QCOMPARE(Digest::ofBytes({}).toString(),
             u"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s);
    QCOMPARE(Digest::ofBytes("{}").toString(),
             u"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"_s);
}

void tst_Digest::partsAreGiven()
{
    const Digest digest = Digest::fromRaw("sha256"_L1, QByteArray::fromHex("0123456789abcdef").repeated(4));
    QCOMPARE(digest.algorithm(), u"sha256"_s);
    QCOMPARE(digest.shortHex(), u"0123456789ab"_s);
    QCOMPARE(digest.hex(), u"0123456789abcdef"_s.repeated(4));
    QVERIFY(Digest::parse(digest.toString()).value() == digest);
}

void tst_Digest::nullIsEmptyEverywhere()
{
    const Digest digest;
    QVERIFY(digest.isNull());
    QCOMPARE(digest.toString(), QString());
    QCOMPARE(digest.algorithm(), QString());
    QCOMPARE(digest.hex(), QString());
    QCOMPARE(digest.shortHex(), QString());
}

void tst_Digest::ordersAndHashes()
{
    const Digest a = Digest::ofBytes("a"), b = Digest::ofBytes("b"); // ca97…, 3e23…
    QVERIFY(b < a);
    QVERIFY(a != b);
    QVERIFY((QHash<Digest, int>{{a, 1}, {b, 2}}.value(b) == 2));
    QCOMPARE((std::unordered_set<Digest>{a, b, a}.size()), 2U);
}

QTEST_APPLESS_MAIN(tst_Digest)
#include "tst_digest.moc"
