// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/reference.h"
#include "support/resulttest.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

const QString D = u"0123456789abcdef"_s.repeated(4); // 64 hex digits

constexpr auto InvalidFormat = "invalid reference format";
constexpr auto Lowercase = "repository name must be lowercase";
constexpr auto TooLong = "repository name must not be more than 255 characters";

//! What Tagboat shows: the familiar form of the table with the tag that was filled in.
QString withDefaultTag(const Reference& reference, const QString& familiar)
{
    return reference.isTagDefault() ? QString(familiar + ":latest"_L1) : familiar;
}

} // namespace

class tst_Reference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_data();
    void table();
    void defaultsAreKnown();
    void printedFormsReadTheSame_data();
    void printedFormsReadTheSame();
    void canonicalForm();
    void familiarFormKeepsWhatMakesItRight();
    void errorsNameTheInput();
    void pastedText_data();
    void pastedText();
    void pastedRubbishIsRefused_data();
    void pastedRubbishIsRefused();
    void repositoryWithoutTag();
    void changingTagAndDigest();
    void tagOrDigestPrefersTheDigest();
    void validTags();
    void validRepositories();
    void equalityIsThatOfTheCanonicalForm();
    void hostileLengths();
};

// The rows of the reference table by their number; a row with several inputs has a letter for each. Where
// `familiar` is
// "=", the input itself is the familiar form.
void tst_Reference::table_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("digest");
    QTest::addColumn<QString>("familiar");
    QTest::addColumn<QString>("error");

    const QString same = u"="_s;
    const auto good = [&](const char* row, const QString& input, const QString& registry,
                          const QString& repository, const QString& tag, const QString& digest,
                          const QString& familiar) {
        QTest::newRow(row) << input << registry << repository << tag << digest
                           << (familiar == same ? input : familiar) << QString();
    };
    const auto bad = [&](const char* row, const QString& input, const char* error) {
        QTest::newRow(row) << input << QString() << QString() << QString() << QString() << QString()
                           << QString::fromLatin1(error);
    };
    const QString hub = u"docker.io"_s, latest = u"latest"_s, none;
    const QString sha = u"sha256:"_s + D;

    good("1", u"ubuntu"_s, hub, u"library/ubuntu"_s, latest, none, same);
    good("2", u"ubuntu:22.04"_s, hub, u"library/ubuntu"_s, u"22.04"_s, none, same);
    good("3", u"library/ubuntu"_s, hub, u"library/ubuntu"_s, latest, none, u"ubuntu"_s);
    good("4", u"docker.io/ubuntu"_s, hub, u"library/ubuntu"_s, latest, none, u"ubuntu"_s);
    good("5", u"docker.io/library/ubuntu:latest"_s, hub, u"library/ubuntu"_s, latest, none,
         u"ubuntu:latest"_s);
    good("6", u"index.docker.io/library/ubuntu"_s, hub, u"library/ubuntu"_s, latest, none, u"ubuntu"_s);
    good("7", u"index.docker.io/a:b"_s, hub, u"library/a"_s, u"b"_s, none, u"a:b"_s);
    good("8", u"registry-1.docker.io/library/ubuntu"_s, u"registry-1.docker.io"_s, u"library/ubuntu"_s,
         latest, none, same);
    good("9", u"registry.hub.docker.com/library/ubuntu"_s, u"registry.hub.docker.com"_s, u"library/ubuntu"_s,
         latest, none, same);
    good("10", u"docker.io:443/library/ubuntu"_s, u"docker.io:443"_s, u"library/ubuntu"_s, latest, none,
         same);
    good("11", u"alice/ui:v1"_s, hub, u"alice/ui"_s, u"v1"_s, none, same);
    good("12", u"docker.io/a/b/c:v1"_s, hub, u"a/b/c"_s, u"v1"_s, none, u"a/b/c:v1"_s);
    good("13", u"docker.io/library/a/b"_s, hub, u"library/a/b"_s, latest, none, u"library/a/b"_s);
    good("14", u"localhost/foo"_s, u"localhost"_s, u"foo"_s, latest, none, same);
    good("15", u"localhost"_s, hub, u"library/localhost"_s, latest, none, same);
    good("16", u"localhost:5000"_s, hub, u"library/localhost"_s, u"5000"_s, none, same);
    good("17", u"localhost:5000/foo:1"_s, u"localhost:5000"_s, u"foo"_s, u"1"_s, none, same);
    good("18", u"LOCALDOMAIN/foo"_s, u"LOCALDOMAIN"_s, u"foo"_s, latest, none, same);
    good("19", u"Docker/docker"_s, u"Docker"_s, u"docker"_s, latest, none, same);
    bad("20", u"docker/Docker"_s, Lowercase);
    good("21", u"myhost/foo"_s, hub, u"myhost/foo"_s, latest, none, same);
    good("22", u"myhost:80/foo"_s, u"myhost:80"_s, u"foo"_s, latest, none, same);
    good("23", u"foo.bar"_s, hub, u"library/foo.bar"_s, latest, none, same);
    good("24", u"foo.bar:5000"_s, hub, u"library/foo.bar"_s, u"5000"_s, none, same);
    good("25", u"192.168.0.1:80"_s, hub, u"library/192.168.0.1"_s, u"80"_s, none, same);
    good("26", u"127.0.0.1/x"_s, u"127.0.0.1"_s, u"x"_s, latest, none, same);
    good("27", u"127.0.0.1:5000/a/b@"_s + sha, u"127.0.0.1:5000"_s, u"a/b"_s, none, sha, same);
    good("28", u"[fc00::1]:5000/docker"_s, u"[fc00::1]:5000"_s, u"docker"_s, latest, none, same);
    good("29", u"[::1]/x:y"_s, u"[::1]"_s, u"x"_s, u"y"_s, none, same);
    bad("30", u"[fc00::1]:5000"_s, InvalidFormat);
    bad("31", u"[fe80::1%eth0]:5000/x"_s, InvalidFormat);
    bad("32a", u"fc00::1:5000/debian"_s, InvalidFormat);
    bad("32b", u"::1/x"_s, InvalidFormat);
    bad("33", u"https://ghcr.io/a/b"_s, InvalidFormat);
    good("34", u"ubuntu@"_s + sha, hub, u"library/ubuntu"_s, none, sha, same);
    good("35", u"ubuntu:22.04@"_s + sha, hub, u"library/ubuntu"_s, u"22.04"_s, sha, same);
    bad("36", u"ubuntu@sha256:"_s + D.toUpper(), "invalid checksum digest format");
    bad("37", u"ubuntu@sha256:abcd"_s, InvalidFormat);
    bad("38", u"ubuntu@sha256:"_s + D.first(40), "invalid checksum digest length");
    good("39", u"ubuntu@sha512:"_s + D + D, hub, u"library/ubuntu"_s, none, u"sha512:"_s + D + D, same);
    bad("40", u"ubuntu@md5:"_s + D, "unsupported digest algorithm");
    good("41", sha, hub, u"library/sha256"_s, D, none, same);
    bad("42", D, "cannot specify 64-byte hexadecimal strings");
    good("43", u"docker.io/"_s + D, hub, u"library/"_s + D, latest, none, D);
    good("44", D.first(12), hub, u"library/"_s + D.first(12), latest, none, same);
    bad("45a", u"ubuntu:"_s, InvalidFormat);
    bad("45b", u"ubuntu@"_s, InvalidFormat);
    bad("45c", u"ubuntu:-x"_s, InvalidFormat);
    bad("45d", u"ubuntu:.x"_s, InvalidFormat);
    bad("46a", u"ubuntu:v1+build"_s, InvalidFormat);
    bad("46b", u"ubuntu:v1:v2"_s, InvalidFormat);
    good("47a", u"ubuntu:_x"_s, hub, u"library/ubuntu"_s, u"_x"_s, none, same);
    good("47b", u"ubuntu:LATEST"_s, hub, u"library/ubuntu"_s, u"LATEST"_s, none, same);
    const QString longTag = u"t"_s.repeated(128);
    good("48a", u"ubuntu:"_s + longTag, hub, u"library/ubuntu"_s, longTag, none, same);
    bad("48b", u"ubuntu:t"_s + longTag, InvalidFormat);
    bad("49", u"Ubuntu"_s, Lowercase);
    bad("50", u"ghcr.io/Owner/app"_s, Lowercase);
    bad("51a", u"a..b"_s, InvalidFormat);
    bad("51b", u"a._b"_s, InvalidFormat);
    bad("51c", u"a___b"_s, InvalidFormat);
    bad("51d", u"a-"_s, InvalidFormat);
    bad("51e", u"-a"_s, InvalidFormat);
    bad("51f", u"_a"_s, InvalidFormat);
    bad("51g", u"a/"_s, InvalidFormat);
    bad("51h", u"/a"_s, InvalidFormat);
    bad("51i", u"a//b"_s, InvalidFormat);
    bad("51j", QString(), InvalidFormat);
    good("52a", u"a__b"_s, hub, u"library/a__b"_s, latest, none, same);
    good("52b", u"a---b"_s, hub, u"library/a---b"_s, latest, none, same);
    const QString a247 = u"a"_s.repeated(247);
    good("53a", a247, hub, u"library/"_s + a247, latest, none, same);
    bad("53b", a247 + u'a', TooLong);
    const QString a255 = u"a"_s.repeated(255);
    good("54a", u"x.io/"_s + a255, u"x.io"_s, a255, latest, none, same);
    bad("54b", u"x.io/"_s + a255 + u'a', TooLong);
    bad("55a", u"example.com:/foo"_s, InvalidFormat);
    bad("55b", u"host.:5000/x"_s, InvalidFormat);
    bad("55c", u"-docker.io/x"_s, InvalidFormat);
    good("56", u"example.com:99999/foo"_s, u"example.com:99999"_s, u"foo"_s, latest, none, same);
    good("57", u"example_com/foo"_s, hub, u"example_com/foo"_s, latest, none, same);
    bad("58", u"example_com.org/foo"_s, InvalidFormat);
    bad("59a", u" ubuntu"_s, InvalidFormat);
    bad("59b", u"ubuntu "_s, InvalidFormat);
    bad("59c", u"ubuntü"_s, InvalidFormat);
    bad("59d", u"우분투"_s, InvalidFormat);
    bad("59e", u"ubuntu:우분투"_s, InvalidFormat);
    bad("59f", u"ubuntu\n"_s, InvalidFormat);
}

void tst_Reference::table()
{
    QFETCH(const QString, input);
    QFETCH(const QString, error);
    const Result<Reference> reference = Reference::parse(input);
    if (!error.isEmpty()) {
        COMPARE_ERROR(reference, Error::Code::InvalidInput);
        QCOMPARE(reference.error().message, error);
        QCOMPARE(reference.error().subject, input);
        return;
    }
    VERIFY_RESULT(reference);
    QTEST(reference->registry(), "registry");
    QTEST(reference->repository(), "repository");
    QTEST(reference->tag(), "tag");
    QTEST(reference->digest().toString(), "digest");
    QFETCH(const QString, familiar);
    QCOMPARE(reference->familiar(), withDefaultTag(*reference, familiar));
}

void tst_Reference::defaultsAreKnown()
{
    const auto flags = [](const QString& text) {
        const Reference r = Reference::parse(text).value();
        return QList<bool>{r.isRegistryDefault(), r.isNamespaceDefault(), r.isTagDefault()};
    };
    QCOMPARE(flags(u"ubuntu"_s), (QList{true, true, true}));
    QCOMPARE(flags(u"library/ubuntu:latest"_s), (QList{true, false, false}));
    QCOMPARE(flags(u"docker.io/ubuntu"_s), (QList{false, true, true}));
    QCOMPARE(flags(u"index.docker.io/library/ubuntu:1"_s), (QList{false, false, false}));
    QCOMPARE(flags(u"ghcr.io/a"_s), (QList{false, false, true}));
    QCOMPARE(flags(u"ubuntu@sha256:"_s + D), (QList{true, true, false}));
}

void tst_Reference::printedFormsReadTheSame_data()
{
    table_data();
}

void tst_Reference::printedFormsReadTheSame()
{
    QFETCH(const QString, input);
    QFETCH(const QString, error);
    const Result<Reference> reference = Reference::parse(input);
    if (!error.isEmpty()) {
        QVERIFY(!reference);
        return;
    }
    const Result<Reference> fromCanonical = Reference::parse(reference->canonical());
    VERIFY_RESULT(fromCanonical);
    QCOMPARE(fromCanonical->canonical(), reference->canonical());
    QCOMPARE(fromCanonical->familiar(), reference->familiar());
    const Result<Reference> fromFamiliar = Reference::parse(reference->familiar());
    VERIFY_RESULT(fromFamiliar);
    QCOMPARE(fromFamiliar->canonical(), reference->canonical());
    QCOMPARE(*fromFamiliar, *reference);
}

void tst_Reference::canonicalForm()
{
    const auto canonical = [](const QString& text) { return Reference::parse(text).value().canonical(); };
    QCOMPARE(canonical(u"ubuntu"_s), u"docker.io/library/ubuntu:latest"_s);
    QCOMPARE(canonical(u"alice/ui:v1"_s), u"docker.io/alice/ui:v1"_s);
    QCOMPARE(canonical(u"ubuntu:1@sha256:"_s + D), u"docker.io/library/ubuntu:1@sha256:"_s + D);
    QCOMPARE(canonical(u"localhost:5000/ui@sha256:"_s + D), u"localhost:5000/ui@sha256:"_s + D);
    QCOMPARE(Reference().canonical(), QString());
    QCOMPARE(Reference().familiar(), QString());
    QVERIFY(Reference().isNull());
}

void tst_Reference::familiarFormKeepsWhatMakesItRight()
{
    // Shortened as Docker does it, these would be read as another registry.
    for (const QString& name : {u"docker.io/localhost/foo:latest"_s, u"docker.io/foo.bar/x:latest"_s}) {
        const Reference reference = Reference::parse(name).value();
        QCOMPARE(reference.familiar(), name);
        QCOMPARE(Reference::parse(reference.familiar()).value(), reference);
    }
    QCOMPARE(Reference::parse(u"docker.io/library/a/b"_s)->familiarName(), u"library/a/b"_s);
    QCOMPARE(Reference::parse(u"ubuntu:1"_s)->familiarName(), u"ubuntu"_s);
    QCOMPARE(Reference::parse(u"ghcr.io/library/ubuntu:1"_s)->familiarName(), u"ghcr.io/library/ubuntu"_s);
}

void tst_Reference::errorsNameTheInput()
{
    const Result<Reference> pasted = Reference::parsePasted(u"  docker pull alice/UI  "_s);
    COMPARE_ERROR(pasted, Error::Code::InvalidInput);
    QCOMPARE(pasted.error().subject, u"docker pull alice/UI"_s);
    const Result<Reference> retagged = Reference::parse(u"ubuntu"_s)->withTag(u"no blanks");
    COMPARE_ERROR(retagged, Error::Code::InvalidInput);
    QCOMPARE(retagged.error().subject, u"no blanks"_s);
}

void tst_Reference::pastedText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical");
    const QString nginx = u"docker.io/library/nginx:latest"_s, ui = u"docker.io/alice/ui:latest"_s;
    const auto row = [](const QString& text, const QString& canonical) {
        QTest::newRow(text.toUtf8().constData()) << text << canonical;
    };
    row(u"nginx"_s, nginx);
    row(u"  nginx\n"_s, nginx);
    row(u"docker pull nginx"_s, nginx);
    row(u"$ docker pull  nginx "_s, nginx);
    row(u"sudo docker pull nginx"_s, nginx);
    row(u"docker image pull nginx"_s, nginx);
    row(u"docker pull --platform linux/arm64 alice/ui"_s, ui);
    row(u"docker push alice/ui:v2"_s, u"docker.io/alice/ui:v2"_s);
    row(u"podman pull ghcr.io/alice/ui"_s, u"ghcr.io/alice/ui:latest"_s);
    row(u"docker://nginx"_s, nginx);
    row(u"docker://ghcr.io/alice/ui:v1"_s, u"ghcr.io/alice/ui:v1"_s);
    row(u"podman pull docker://nginx"_s, nginx);
    row(u"oci://registry.local:5000/charts/ui:1.0"_s, u"registry.local:5000/charts/ui:1.0"_s);
    row(u"https://ghcr.io/alice/ui"_s, u"ghcr.io/alice/ui:latest"_s);
    row(u"http://localhost:5000/ui:v1"_s, u"localhost:5000/ui:v1"_s);
    row(u"HTTPS://ghcr.io/alice/ui/"_s, u"ghcr.io/alice/ui:latest"_s);
    row(u"https://ghcr.io/alice/ui?tab=readme#top"_s, u"ghcr.io/alice/ui:latest"_s);
    row(u"https://hub.docker.com/_/nginx"_s, nginx);
    row(u"https://hub.docker.com/_/nginx/"_s, nginx);
    row(u"https://hub.docker.com/_/nginx/tags?page=2&name=alpine"_s, nginx);
    row(u"https://hub.docker.com/r/alice/ui"_s, ui);
    row(u"https://hub.docker.com/r/alice/ui/tags"_s, ui);
    row(u"https://hub.docker.com/r/alice/ui#!"_s, ui);
    row(u"hub.docker.com/r/alice/ui"_s, ui);
    row(u"hub.docker.com/_/nginx"_s, nginx);
    row(u"https://hub.docker.com/repository/docker/alice/ui/general"_s, ui);
    row(u"https://hub.docker.com/layers/library/nginx/1.27/images/sha256-abc"_s,
        u"docker.io/library/nginx:1.27"_s);
    row(u"\"alice/ui:v1\""_s, u"docker.io/alice/ui:v1"_s);
    row(u"`docker.io/alice/ui:v1`"_s, u"docker.io/alice/ui:v1"_s);
    row(u"ubuntu@sha256:"_s + D, u"docker.io/library/ubuntu@sha256:"_s + D);
}

void tst_Reference::pastedText()
{
    QFETCH(const QString, text);
    const Result<Reference> reference = Reference::parsePasted(text);
    VERIFY_RESULT(reference);
    QTEST(reference->canonical(), "canonical");
}

void tst_Reference::pastedRubbishIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "   ", "docker pull", "docker rm nginx", "docker run -it nginx sh", "https://", "oci://",
          "https://hub.docker.com", "https://hub.docker.com/", "https://hub.docker.com/u/alice",
          "hub.docker.com/search", "https://ghcr.io", "https://ghcr.io/", "ftp://ghcr.io/a",
          "docker pull https://ghcr.io/A", "two words", "docker:// nginx"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_Reference::pastedRubbishIsRefused()
{
    QFETCH(const QString, text);
    COMPARE_ERROR(Reference::parsePasted(text), Error::Code::InvalidInput);
}

void tst_Reference::repositoryWithoutTag()
{
    const Result<Reference> repository = Reference::parseRepository(u"alice/ui"_s);
    VERIFY_RESULT(repository);
    QCOMPARE(repository->canonical(), u"docker.io/alice/ui"_s);
    QCOMPARE(repository->familiar(), u"alice/ui"_s);
    QCOMPARE(repository->tag(), QString());
    QVERIFY(!repository->isTagDefault());
    QCOMPARE(Reference::parseRepository(u"localhost:5000/ui"_s)->registry(), u"localhost:5000"_s);
    COMPARE_ERROR(Reference::parseRepository(u"alice/ui:v1"_s), Error::Code::InvalidInput);
    COMPARE_ERROR(Reference::parseRepository(u"localhost:5000"_s), Error::Code::InvalidInput);
    COMPARE_ERROR(Reference::parseRepository(QString(u"alice/ui@sha256:"_s + D)), Error::Code::InvalidInput);
    COMPARE_ERROR(Reference::parseRepository(u"Alice"_s), Error::Code::InvalidInput);
}

void tst_Reference::changingTagAndDigest()
{
    const Reference both = Reference::parse(QString(u"alice/ui:v1@sha256:"_s + D)).value();
    const Result<Reference> tagged = both.withTag(u"v2");
    VERIFY_RESULT(tagged);
    QCOMPARE(tagged->canonical(), u"docker.io/alice/ui:v2"_s);
    const Reference pinned = tagged->withDigest(both.digest());
    QCOMPARE(pinned.canonical(), u"docker.io/alice/ui@sha256:"_s + D);
    QVERIFY(!Reference::parse(u"ubuntu"_s)->withTag(u"latest")->isTagDefault());
    COMPARE_ERROR(both.withTag(u""), Error::Code::InvalidInput);
}

void tst_Reference::tagOrDigestPrefersTheDigest()
{
    QCOMPARE(Reference::parse(u"ubuntu"_s)->tagOrDigest(), u"latest"_s);
    QCOMPARE(Reference::parse(QString(u"ubuntu:1@sha256:"_s + D))->tagOrDigest(), u"sha256:"_s + D);
}

void tst_Reference::validTags()
{
    for (const char* tag : {"latest", "_", "1", "A-b.c_D", "v1.0.0-rc.1"})
        QVERIFY2(Reference::isValidTag(QString::fromLatin1(tag)), tag);
    for (const char* tag : {"", ".", "-a", "a b", "a/b", "a:b", "a+b", "a@b"})
        QVERIFY2(!Reference::isValidTag(QString::fromLatin1(tag)), tag);
    QVERIFY(!Reference::isValidTag(u"é"));
    QVERIFY(Reference::isValidTag(QString(128, u'a')));
    QVERIFY(!Reference::isValidTag(QString(129, u'a')));
}

void tst_Reference::validRepositories()
{
    for (const char* repository : {"a", "a/b", "a/b/c", "a-b/c__d/e.f", "library/ubuntu", "0"})
        QVERIFY2(Reference::isValidRepository(QString::fromLatin1(repository)), repository);
    for (const char* repository :
         {"", "/", "a/", "/a", "a//b", "A", "a:b", "a@b", "a..b", "a/.b", "a/../b", "..", "a_-b"})
        QVERIFY2(!Reference::isValidRepository(QString::fromLatin1(repository)), repository);
    QVERIFY(Reference::isValidRepository(QString(255, u'a')));
    QVERIFY(!Reference::isValidRepository(QString(256, u'a')));
}

void tst_Reference::equalityIsThatOfTheCanonicalForm()
{
    const Reference a = Reference::parse(u"ubuntu"_s).value();
    const Reference b = Reference::parse(u"docker.io/library/ubuntu:latest"_s).value();
    QCOMPARE(a, b);
    QCOMPARE(qHash(a), qHash(b));
    QVERIFY(!(a == Reference::parse(u"ubuntu:22.04"_s).value()));
}

void tst_Reference::hostileLengths()
{
    for (const QString& text : {QString(1'000'000, u'a'), QString(1'000'000, u'-'), u"a/"_s.repeated(500'000),
                                u"a-"_s.repeated(500'000), QString(1'000'000, u':'), QString(1'000'000, u'@'),
                                QString(1'000'000, u'[')})
        COMPARE_ERROR(Reference::parse(text), Error::Code::InvalidInput);
}

QTEST_APPLESS_MAIN(tst_Reference)
#include "tst_reference.moc"
