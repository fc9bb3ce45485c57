// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

/*!
 * \brief A layer of 4 GB passes through `tagboat-cli` in little memory, each way.
 *
 * TAGBOAT_LARGE_LAYER (bytes) makes it smaller for a quick look.
 */
class TestLargeLayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pushStaysSmall();
    void pullStaysSmall();

private:
    struct Measured
    {
        bool ok = false;
        qint64 peak = 0; //!< resident kilobytes
        QByteArray out, error;
        QByteArray figures; //!< kB, wall, user and system seconds
    };
    Measured run(const QStringList& arguments) const;

    QTemporaryDir m_folder{QDir::currentPath() + u"/largelayer-XXXXXX"_s}; // not /tmp, which may be memory
    RegistryProcess m_registry{{.storage = m_folder.filePath(u"registry"_s)}};
    Descriptor m_target;
};

namespace {

constexpr qint64 Limit = 100'000; // kB

QString name(const RegistryProcess& registry)
{
    return registry.host() + u"/bench/large:v1"_s;
}

} // namespace

TestLargeLayer::Measured TestLargeLayer::run(const QStringList& arguments) const
{
    Measured measured;
    const QString report = m_folder.filePath(u"time"_s);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TAGBOAT_DATA_DIR"_s, m_folder.filePath(u"data"_s));
    environment.insert(u"TAGBOAT_CONFIG_DIR"_s, m_folder.filePath(u"config"_s));
    process.setProcessEnvironment(environment);
    const QString program = QCoreApplication::applicationDirPath() + u"/../bin/tagboat-cli"_s;
    process.start(u"time"_s,
                  QStringList{u"-q"_s, u"-f"_s, u"%M %e %U %S"_s, u"-o"_s, report, program, u"--json"_s}
                      + arguments);
    if (!process.waitForFinished(1'500'000))
        process.kill();
    process.waitForFinished();
    measured.ok = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    measured.out = process.readAllStandardOutput().trimmed().split('\n').last();
    measured.error = process.readAllStandardError();
    QFile file(report);
    if (file.open(QIODevice::ReadOnly))
        measured.figures = file.readAll().trimmed();
    measured.peak = measured.figures.split(' ').first().toLongLong();
    return measured;
}

void TestLargeLayer::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(m_registry.start());
    const qint64 size = qEnvironmentVariableIsSet("TAGBOAT_LARGE_LAYER")
        ? qEnvironmentVariable("TAGBOAT_LARGE_LAYER").toLongLong()
        : 4'000'000'000;
    RandomImageOptions options;
    options.layerSizes = {size};
    options.compression = {RandomImageOptions::Compression::None};
    options.isCompressible = false;
    options.directory = m_folder.filePath(u"made"_s);
    QVERIFY(QDir().mkpath(options.directory));
    const RandomImage image = randomImage(51, options);
    m_target = image.target;
    image.writeLayout(m_folder.filePath(u"layout"_s), {u"it"_s});
    QVERIFY(QDir(options.directory).removeRecursively());
}

void TestLargeLayer::pushStaysSmall()
{
    const Measured run =
        this->run({u"push"_s, u"--from"_s, u"oci:"_s + m_folder.filePath(u"layout:it"_s), name(m_registry)});
    QVERIFY2(run.ok, QByteArray(run.out + "\n" + run.error).constData());
    qInfo("push: peak kB, wall, user, system s: %s", run.figures.constData());
    QVERIFY2(run.peak > 1000 && run.peak < Limit, run.figures.constData());
    QVERIFY(QDir(m_folder.filePath(u"layout"_s)).removeRecursively());
}

void TestLargeLayer::pullStaysSmall()
{
    const Measured run = this->run({u"pull"_s, name(m_registry)});
    QVERIFY2(run.ok, QByteArray(run.out + "\n" + run.error).constData());
    qInfo("pull: peak kB, wall, user, system s: %s", run.figures.constData());
    QVERIFY2(run.peak > 1000 && run.peak < Limit, run.figures.constData());
    QCOMPARE(QJsonDocument::fromJson(run.out)[u"digest"].toString(), m_target.digest.toString());
}

QTEST_GUILESS_MAIN(TestLargeLayer)
#include "tst_largelayer.moc"
