// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/insecureregistries.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! What podman's and docker's files say about registries that need no TLS.
class TestInsecureRegistries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_places = {.main = {path(u"user.conf"_s), path(u"system.conf"_s)},
                    .folders = {path(u"system.d"_s), path(u"user.d"_s)},
                    .daemons = {path(u"daemon.json"_s)}};
    }

    void entries_data();
    void entries();
    void dockersEntries_data();
    void dockersEntries();
    void nearerFilesCountMore();
    void brokenFilesAreLeftOut_data();
    void brokenFilesAreLeftOut();
    void aChangeIsSeen();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QFile::WriteOnly));
        QVERIFY(file.write(bytes) == bytes.size());
    }
    [[nodiscard]] bool contains(const QString& registry) const
    {
        return InsecureRegistries(m_places).contains(registry);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    InsecurePlaces m_places;
};

void TestInsecureRegistries::entries_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<bool>("isInsecure");
    const auto add = [](const char* text, const char* registry, bool isInsecure) {
        QTest::addRow("%s: %s", registry, text)
            << QByteArray(text) << QString::fromLatin1(registry) << isInsecure;
    };
    const char* const location = "[[registry]]\nlocation = \"Lab.example:5000\"\ninsecure = true\n";
    add(location, "lab.example:5000", true);
    add(location, "LAB.example:5000", true);
    add(location, "lab.example", false);
    add(location, "lab.example:5001", false);
    add(location, "other.example:5000", false);
    add("[[registry]]\nprefix = 'lab.example'\ninsecure = true\n", "lab.example", true);
    add("[[registry]]\nlocation = 'lab.example'\n", "lab.example", false);
    add("[[registry]]\nlocation = 'lab.example'\ninsecure = 'true'\n", "lab.example", false);
    add("[[registry]]\nlocation = 'lab.example/team'\ninsecure = true\n", "lab.example", false);
    // Led elsewhere: that place is the one without TLS.
    const char* const moved = "[[registry]]\nprefix = 'quay.io'\nlocation = 'lab.example'\ninsecure = true\n";
    add(moved, "quay.io", false);
    add(moved, "lab.example", true);
    const char* const domain = "[[registry]]\nprefix = '*.lab.example'\ninsecure = true\n"
                               "[[registry]]\nlocation = 'safe.lab.example'\ninsecure = false\n"
                               "[[registry]]\nprefix = '*.safer.lab.example'\n";
    add(domain, "a.lab.example", true);
    add(domain, "a.b.lab.example", true);
    add(domain, "lab.example", false);
    add(domain, "alab.example", false);
    add(domain, "safe.lab.example", false);
    add(domain, "a.safer.lab.example", false);
    add(domain, "a.lab.example:5000", false);
    const char* const ported = "[[registry]]\nprefix = '*.lab.example:5000'\ninsecure = true\n";
    add(ported, "a.lab.example:5000", true);
    add(ported, "a.lab.example", false);
    const char* const one = "[registries.search]\nregistries = ['a.example']\n"
                            "[registries.insecure]\nregistries = ['b.example:5000', 7]\n";
    add(one, "a.example", false);
    add(one, "b.example:5000", true);
    // Whatever somebody has written there.
    const char* const hub =
        "[registries.insecure]\nregistries = ['docker.io', '*.docker.io', 'index.docker.io']\n";
    add(hub, "docker.io", false);
    add(hub, "registry-1.docker.io", false);
    // Mirrors are podman's alone.
    add("[[registry]]\nlocation = 'a.example'\n[[registry.mirror]]\nlocation = 'm.example'\ninsecure = "
        "true\n",
        "m.example", false);
    add("# insecure = true\nunqualified-search-registries = ['a.example']\n", "a.example", false);
    add("registry = 'insecure'\nregistries = 1\n", "a.example", false);
    add("[registries]\ninsecure = ['a.example']\n", "a.example", false);
}

void TestInsecureRegistries::entries()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, registry);
    write(u"system.conf"_s, text);
    QTEST(contains(registry), "isInsecure");
}

void TestInsecureRegistries::dockersEntries_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<bool>("isInsecure");
    QTest::newRow("name") << u"lab.example:5000"_s << true;
    QTest::newRow("with a scheme") << u"web.example"_s << true;
    QTest::newRow("other port") << u"lab.example"_s << false;
    QTest::newRow("in a range") << u"10.1.2.3:5000"_s << true;
    QTest::newRow("outside of it") << u"10.2.2.3:5000"_s << false;
    QTest::newRow("IPv6") << u"[fd00::7]:5000"_s << true;
    QTest::newRow("name in no range") << u"registry.example"_s << false;
    QTest::newRow("hub") << u"docker.io"_s << false;
}

void TestInsecureRegistries::dockersEntries()
{
    QFETCH(const QString, registry);
    write(u"daemon.json"_s,
          R"({"insecure-registries": ["Lab.example:5000", "http://web.example", "10.1.0.0/16", "fd00::/8",
              "docker.io", "what/ever", 3]})");
    QTEST(contains(registry), "isInsecure");
}

void TestInsecureRegistries::nearerFilesCountMore()
{
    const auto entry = [](const char* host, const char* value) -> QByteArray {
        return QByteArray("[[registry]]\nlocation = '") + host + "'\ninsecure = " + value + '\n';
    };
    write(u"system.conf"_s, entry("a.example", "true"));
    QVERIFY(contains(u"a.example"_s));
    write(u"user.conf"_s, entry("b.example", "true")); // in place of the system's
    QVERIFY(!contains(u"a.example"_s));
    QVERIFY(contains(u"b.example"_s));
    write(u"system.d/10-b.conf"_s, entry("b.example", "false"));
    QVERIFY(!contains(u"b.example"_s));
    write(u"system.d/20-b.conf"_s, entry("b.example", "true"));
    QVERIFY(contains(u"b.example"_s));
    write(u"user.d/10-b.conf"_s, entry("b.example", "false"));
    QVERIFY(!contains(u"b.example"_s));
    write(u"user.d/20-b.conf.off"_s, entry("b.example", "true"));
    QVERIFY(!contains(u"b.example"_s));
}

void TestInsecureRegistries::brokenFilesAreLeftOut_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    const QByteArray good = "[[registry]]\nlocation = 'bad.example'\ninsecure = true\n";
    QTest::newRow("no TOML") << u"user.d/a.conf"_s << QByteArray(good + "[[registry\n");
    QTest::newRow("no text") << u"user.d/a.conf"_s << QByteArray(good + QByteArray("\xff\xfe\x00", 3));
    QTest::newRow("huge") << u"user.d/a.conf"_s << QByteArray(good + QByteArray(2'000'000, '\n'));
    QTest::newRow("deep") << u"user.d/a.conf"_s << QByteArray(good + "x = " + QByteArray(100'000, '['));
    QTest::newRow("no JSON") << u"daemon.json"_s << "{\"insecure-registries\": [\"bad.example\""_ba;
}

void TestInsecureRegistries::brokenFilesAreLeftOut()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, text);
    write(u"system.conf"_s, "[registries.insecure]\nregistries = ['good.example']\n");
    write(name, text);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"left out.*"_s + QRegularExpression::escape(path(name))));
    InsecureRegistries registries(m_places);
    QVERIFY(registries.contains(u"good.example"_s));
    QVERIFY(!registries.contains(u"bad.example"_s));
}

void TestInsecureRegistries::aChangeIsSeen()
{
    InsecureRegistries registries(m_places);
    QVERIFY(!registries.contains(u"a.example"_s));
    write(u"system.conf"_s, "[registries.insecure]\nregistries = ['a.example']\n");
    QTRY_VERIFY(registries.contains(u"a.example"_s));
    QVERIFY(QFile::remove(path(u"system.conf"_s)));
    QTRY_VERIFY(!registries.contains(u"a.example"_s));
}

QTEST_GUILESS_MAIN(TestInsecureRegistries)
#include "tst_insecureregistries.moc"
