// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QFile>
#include <QSocketNotifier>

#include <array>
#include <sys/inotify.h>
#include <unistd.h>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

namespace {

//! Counts how often a file was read and closed again, by whomever.
class ReadCount
{
public:
    explicit ReadCount(const QString& path)
        : m_descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
          m_notifier(m_descriptor, QSocketNotifier::Read)
    {
        ::inotify_add_watch(m_descriptor, QFile::encodeName(path).constData(), IN_CLOSE_NOWRITE);
    }
    ~ReadCount() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(ReadCount)

    //! \a reached is called, once, with the \a wanted -th.
    void at(int wanted, const std::function<void()>& reached)
    {
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this, wanted, reached] {
            const int before = std::exchange(m_count, m_count + eventsNow());
            if (before < wanted && m_count >= wanted)
                reached();
        });
    }

private:
    [[nodiscard]] int eventsNow() const
    {
        alignas(inotify_event) std::array<char, 4096> events;
        const ssize_t size = ::read(m_descriptor, events.data(), events.size());
        return static_cast<int>(std::max<ssize_t>(0, size) / ssize_t(sizeof(inotify_event))); // no names
    }

    int m_descriptor;
    QSocketNotifier m_notifier;
    int m_count = 0;
};

} // namespace

//! A registry whose name cannot be resolved for a while: the program sees a hosts file of the test's.
class TestCliHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        m_name = u"registry.tagboat.test:%1/gallery/ui:v1"_s.arg(m_registry.port());
        const QString folder = m_files.filePath(u"image"_s);
        m_image.writeSkopeoFolder(folder);
        QVERIFY(!runTool(u"skopeo"_s,
                         {u"copy"_s, u"--preserve-digests"_s, u"--dest-tls-verify=false"_s,
                          u"dir:"_s + folder, u"docker://%1/gallery/ui:v1"_s.arg(m_registry.host())})
                     .isEmpty());
    }

    void init()
    {
        m_cli = std::make_unique<CliProcess>();
        setHosts(u"127.0.0.1 registry.tagboat.test\n"_s);
        COMPARE_EXIT(run({u"login"_s, u"--anonymous"_s, u"--plain-http"_s, m_name.section(u'/', 0, 0)}), 0);
        setHosts(u"127.0.0.1 localhost\n"_s);
    }

    void aNameThatComesBackIsWaitedFor()
    {
        ReadCount lookUps(hosts());
        lookUps.at(3, [this] { setHosts(u"127.0.0.1 localhost registry.tagboat.test\n"_s); });
        const CliRun pulled = run({u"pull"_s, m_name});
        COMPARE_EXIT(pulled, 0);
        QCOMPARE(checkLayout(m_cli->dataDirectory() + u"/images"_s, m_image.target.digest), QStringList());
    }

    void oneThatDoesNotIsNamed()
    {
        const CliRun pulled = run({u"--json"_s, u"pull"_s, m_name});
        COMPARE_CODE(pulled, "Network");
        QVERIFY2(pulled.last().value("sentence"_L1).toString().contains("registry.tagboat.test"_L1),
                 pulled.all().constData());
    }

private:
    [[nodiscard]] QString hosts() const { return m_files.filePath(u"hosts"_s); }

    void setHosts(const QString& text) const
    {
        QFile file(hosts());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(text.toUtf8()) == text.size());
    }

    [[nodiscard]] CliRun run(const QStringList& arguments) const
    {
        return m_cli->runIn(
            u"file=$1; shift; exec unshare --mount sh -c 'file=$1; shift; "
            "mount --bind \"$file\" /etc/hosts && exec \"$0\" \"$@\"' \"$0\" \"$file\" \"$@\""_s,
            QStringList(hosts()) + arguments);
    }

    RegistryProcess m_registry;
    QTemporaryDir m_files;
    QString m_name;
    RandomImage m_image = randomImage(61);
    std::unique_ptr<CliProcess> m_cli;
};

QTEST_GUILESS_MAIN(TestCliHosts)
#include "tst_clihosts.moc"
