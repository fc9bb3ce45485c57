// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "remote.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;
constexpr auto Small = "docker.io/library/small:v1"_L1;
constexpr auto Repo = "gallery/sample"_L1;

bool writeAll(const char* path, const QByteArray& text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

//! Mounts that nobody else sees, also for those who are not root. Before any thread is there.
bool enterPrivateMounts()
{
    const uid_t user = ::geteuid();
    const gid_t group = ::getegid();
    if (::unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return false;
    if (user != 0) {
        const bool isMapped = writeAll("/proc/self/setgroups", "deny")
            && writeAll("/proc/self/uid_map", "0 " + QByteArray::number(user) + " 1")
            && writeAll("/proc/self/gid_map", "0 " + QByteArray::number(group) + " 1");
        if (!isMapped)
            return false;
    }
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

//! A file system of a few megabytes.
class SmallDisk
{
public:
    SmallDisk(const QString& folder, const QByteArray& size) : m_folder(QFile::encodeName(folder))
    {
        QDir().mkpath(folder);
        m_isMounted =
            ::mount("tmpfs", m_folder.constData(), "tmpfs", 0, QByteArray("size=" + size).constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isMounted() const { return m_isMounted; }

private:
    QByteArray m_folder;
    bool m_isMounted = false;
};

//! No file of this process may become larger meanwhile: what a quota looks like.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = bytes;
        m_isSet = ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

    [[nodiscard]] bool isSet() const { return m_isSet; }

private:
    rlimit m_before{};
    bool m_isSet = false;
};

} // namespace

//! Pulls for which there is no room.
class tst_DiskFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        m_remote = std::make_unique<Remote>(m_registry.host());
        RandomImageOptions options;
        options.isCompressible = false;
        options.layerSizes = {1'500'000, 1'500'000, 1'500'000};
        m_large = randomImage(1, options);
        m_small = randomImage(2);
        for (const auto& [image, tag] : {std::pair(m_large, u"large"_s), std::pair(m_small, u"small"_s)}) {
            VERIFY_RESULT(
                QCoro::waitFor(planAndCopy(sourceOf(image.reader({Name}), Name),
                                           m_remote->destination(Repo, {tag}), quickOptions(), {}, {})));
        }
    }

    void cleanupTestCase()
    {
        m_remote.reset();
        m_registry.stop();
    }

    void aDiskThatFillsUpEndsThePullCleanly()
    {
        const QTemporaryDir folder;
        const SmallDisk disk(folder.filePath(u"disk"_s), "3m");
        QVERIFY2(disk.isMounted(), "no small disk can be mounted");
        const auto store = openStore(folder.filePath(u"disk/images"_s));
        VERIFY_RESULT(pull(store, u"small"_s, Small));

        const auto pulled = pull(store, u"large"_s, Name);
        COMPARE_ERROR(pulled, Error::Code::DiskFull);
        QCOMPARE(pulled.error().origin, Error::Origin::Destination);
        verifyUnharmed(store);
        // Room for something small is still there, once what was begun is swept away.
        VERIFY_RESULT(store->collectGarbage(false, false, std::chrono::seconds(0)));
        VERIFY_RESULT(pull(store, u"small"_s, u"docker.io/library/again:v1"_s));
    }

    void aFileThatMayNotGrowEndsThePullCleanly()
    {
        const QTemporaryDir folder;
        const auto store = openStore(folder.filePath(u"images"_s));
        VERIFY_RESULT(pull(store, u"small"_s, Small));
        {
            const FileSizeLimit limit(1'000'000);
            QVERIFY(limit.isSet());
            const auto pulled = pull(store, u"large"_s, Name);
            COMPARE_ERROR(pulled, Error::Code::DiskFull);
            QCOMPARE(pulled.error().origin, Error::Origin::Destination);
            verifyUnharmed(store);
        }
        VERIFY_RESULT(pull(store, u"large"_s, Name));
        QCOMPARE(checkImage(store->reader(), Name), QStringList());
    }

private:
    [[nodiscard]] Result<CopyReport> pull(const std::shared_ptr<ImageStore>& store, const QString& tag,
                                          const QString& name) const
    {
        return QCoro::waitFor(
            planAndCopy(m_remote->source(Repo, tag), destinationOf(store, {name}), quickOptions(), {}, {}));
    }

    static void verifyUnharmed(const std::shared_ptr<ImageStore>& store)
    {
        COMPARE_ERROR(store->resolve(Name), Error::Code::NotFound);
        QVERIFY2(leftovers(store).isEmpty(), qPrintable(leftovers(store).join(u' ')));
        QCOMPARE(checkImage(store->reader(), Small), QStringList());
        const auto verified = store->verify({}, {});
        VERIFY_RESULT(verified);
        QVERIFY(verified->problems.isEmpty());
    }

    RegistryProcess m_registry;
    std::unique_ptr<Remote> m_remote;
    RandomImage m_large, m_small;
};

int main(int argc, char** argv)
{
    if (!enterPrivateMounts())
        std::perror("private mounts"); // the test that needs them fails
    QCoreApplication application(argc, argv);
    tst_DiskFull test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_diskfull.moc"
