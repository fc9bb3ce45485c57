// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/challenge.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestChallenge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreReadAsTheGrammarSays_data();
    void fieldsAreReadAsTheGrammarSays();
    void anyTruncationOfAFieldIsHarmless();
};

namespace {

//! "bearer realm=https://x service=y | basic realm=z", parameters in alphabetical order.
QString written(const QList<Challenge>& challenges)
{
    QStringList texts;
    for (const Challenge& challenge : challenges) {
        QString text = challenge.scheme;
        for (const auto& [name, value] : challenge.parameters.asKeyValueRange())
            text += u" %1=<%2>"_s.arg(name, value);
        texts.append(text);
    }
    return texts.join(u" | "_s);
}

} // namespace

void TestChallenge::fieldsAreReadAsTheGrammarSays_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, QByteArrayList fields, const QString& expected) {
        QTest::newRow(name) << fields << expected;
    };

    row("nothing", {}, u""_s);
    row("empty field", {""}, u""_s);
    row("basic", {"Basic realm=\"Registry\""}, u"basic realm=<Registry>"_s);
    row("basic without realm", {"Basic"}, u"basic"_s);
    row("bearer with a comma inside quotes",
        {"Bearer realm=\"https://a.example/token\",service=\"a.example\",scope=\"repository:x/y:pull,push\""},
        u"bearer realm=<https://a.example/token> scope=<repository:x/y:pull,push> service=<a.example>"_s);
    row("blanks around commas and equal signs",
        {"Bearer  realm = \"https://a/t\" ,\tservice=\"s\" , error = invalid_token"},
        u"bearer error=<invalid_token> realm=<https://a/t> service=<s>"_s);
    row("two challenges in one field", {"Basic realm=\"b\", Bearer realm=\"https://a/t\",service=\"s\""},
        u"basic realm=<b> | bearer realm=<https://a/t> service=<s>"_s);
    row("two fields", {"Bearer realm=\"https://a/t\"", "Basic realm=\"b\""},
        u"bearer realm=<https://a/t> | basic realm=<b>"_s);
    row("fields joined by the network layer", {"Negotiate, Basic realm=\"b\", Bearer realm=\"https://a/t\""},
        u"negotiate | basic realm=<b> | bearer realm=<https://a/t>"_s);
    row("opaque credentials", {"Negotiate YIIabc+/==, Basic realm=\"b\""}, u"negotiate | basic realm=<b>"_s);
    row("opaque credentials without padding", {"NTLM TlRMTVNTUAAB, Basic realm=\"b\""},
        u"ntlm | basic realm=<b>"_s);
    row("digest before bearer",
        {"Digest realm=\"d\", nonce=\"n,o\", qop=\"auth,auth-int\", Bearer realm=\"https://a/t\""},
        u"digest nonce=<n,o> qop=<auth,auth-int> realm=<d> | bearer realm=<https://a/t>"_s);
    row("scheme and names in any case", {"BEARER Realm=\"https://a/t\",SERVICE=\"S\""},
        u"bearer realm=<https://a/t> service=<S>"_s);
    row("escapes", {R"(Basic realm="say \"hi\" \\ there")"}, u"basic realm=<say \"hi\" \\ there>"_s);
    row("value without quotes", {"Bearer realm=https://a.example/token?x=1,service=s"},
        u"bearer realm=<https://a.example/token?x=1> service=<s>"_s);
    row("missing comma", {"Bearer realm=\"https://a/t\" service=\"s\""},
        u"bearer realm=<https://a/t> service=<s>"_s);
    row("empty value", {"Bearer realm=\"\",service=\"s\""}, u"bearer realm=<> service=<s>"_s);
    row("first of equal names wins", {"Bearer realm=\"https://a/t\",realm=\"https://evil/t\""},
        u"bearer realm=<https://a/t>"_s);
    row("quote that never ends", {"Bearer realm=\"https://a/t"}, u"bearer realm=<https://a/t>"_s);
    row("backslash at the end", {"Bearer realm=\"a\\"}, u"bearer realm=<a\\>"_s);
    row("parameter without scheme", {"realm=\"x\", Basic realm=\"b\""}, u"basic realm=<b>"_s);
    row("commas only", {",,, ,"}, u""_s);
    row("empty list elements", {", Basic realm=\"b\",, charset=\"UTF-8\","},
        u"basic charset=<UTF-8> realm=<b>"_s);
    row("characters outside the grammar", {"@@ [] Basic realm=\"b\" ;; x=\"y\""}, u"basic realm=<b> x=<y>"_s);
    row("UTF-8 in a value", {"Basic realm=\"등록소\""}, u"basic realm=<등록소>"_s);
    row("several scopes", {"Bearer realm=\"https://a/t\",scope=\"repository:a:pull repository:b:pull,push\""},
        u"bearer realm=<https://a/t> scope=<repository:a:pull repository:b:pull,push>"_s);
}

void TestChallenge::fieldsAreReadAsTheGrammarSays()
{
    QFETCH(const QByteArrayList, fields);
    QFETCH(const QString, expected);
    QCOMPARE(written(parseChallenges(fields)), expected);
}

void TestChallenge::anyTruncationOfAFieldIsHarmless()
{
    const QByteArray field = "Negotiate YII==, Digest realm=\"d\\\"\",nonce=x, Bearer "
                             "realm=\"https://a/t\",scope=\"repository:x:pull,push\"";
    for (qsizetype length = 0; length <= field.size(); ++length) {
        const QList<Challenge> challenges = parseChallenges({field.left(length)});
        QVERIFY(challenges.size() <= 4); // a name cut off looks like a scheme
        for (const Challenge& challenge : challenges)
            QVERIFY(!challenge.scheme.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestChallenge)
#include "tst_challenge.moc"
