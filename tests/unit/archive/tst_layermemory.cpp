// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scratchfolder.h"
#include "tarbuilder.h"

#include "archive/layermerge.h"
#include "archive/layerreader.h"
#include "support/randomimage/filters.h"
#include "support/resulttest.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;

namespace {

constexpr qint64 MiB = 1024 * 1024;
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 Surplus = 450 * MiB; //!< AddressSanitizer keeps what was freed, and rooms around all else
constexpr int Share = 10;             //!< of the limits: a million entries take it minutes
#else
constexpr qint64 Surplus = 0;
constexpr int Share = 1;
#endif

qint64 peakMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.sliced(6).trimmed().split(' ').constFirst().toLongLong() * 1024;
    }
    return -1;
}

void resetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write("5") != 1)
        qFatal("cannot reset the peak");
}

} // namespace

//! Layers that are made to fill the memory do not.
class LayerMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bombsStayBounded_data();
    void bombsStayBounded();

private:
    using Writer = std::function<bool(QByteArrayView)>;
    void write(const QString& name, const std::function<void(const Writer&)>& make);

    ScratchFolder m_folder;
};

void LayerMemoryTest::write(const QString& name, const std::function<void(const Writer&)>& make)
{
    QFile file(m_folder.path(name));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    const auto filter =
        Testing::gzipFilter(1, [&](QByteArrayView bytes) { file.write(bytes.data(), bytes.size()); });
    make([&](QByteArrayView bytes) { return filter->write(bytes); });
    if (!filter->finish())
        qFatal("cannot compress");
}

void LayerMemoryTest::bombsStayBounded_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<qint64>("growth");
    QTest::addColumn<bool>("isCutOff");
    // What a megabyte of a layer turns into, 1000 to 1.
    QTest::newRow("zeros") << 0 << 24 * MiB * Share << false;
    // Nodes, their names, and what it takes to sort them: some 400 bytes an entry.
    QTest::newRow("entries") << 1 << 520 * MiB << true;
    QTest::newRow("deep paths") << 2 << 520 * MiB << true;
    QTest::newRow("long names") << 3 << 380 * MiB << true;
}

void LayerMemoryTest::bombsStayBounded()
{
    QFETCH(int, kind);
    QFETCH(qint64, growth);
    QFETCH(bool, isCutOff);
    write(u"bomb"_s, [&](const Writer& put) {
        QByteArray block;
        const QByteArray name(4000, 'n');
        const auto entry = [&](const QByteArray& name) { put(TarBuilder::block(name, '0', 0)); };
        switch (kind) {
        case 0:
            put(TarBuilder::block("zeros", '0', 1000 / Share * MiB));
            block.fill('\0', MiB);
            for (int i = 0; i < 1000 / Share; ++i)
                put(block);
            break;
        case 1:
            for (int i = 0; i < 1'050'000 / Share; ++i)
                entry("folder" + QByteArray::number(i % 100) + "/f" + QByteArray::number(i));
            break;
        case 2: // each entry 1500 folders deep, none of them the same
            for (int i = 0; i < 1000 / Share; ++i) {
                const QByteArray path = "d" + QByteArray::number(i) + QByteArray("/x").repeated(1500);
                put(TarBuilder().pax("path", path).file("f", "").bytes());
            }
            break;
        case 3:
            for (int i = 0; i < 18'000 / Share; ++i) {
                const QByteArray path = QByteArray::number(i) + name;
                put(TarBuilder().pax("path", path).file("f", "").bytes());
            }
            break;
        }
        put(QByteArray(1024, '\0'));
    });
    resetPeak();
    const qint64 before = peakMemory();
    LayerLimits limits;
    limits.entries /= Share;
    limits.nameBytes /= Share;
    auto reader = LayerReader::open(m_folder.path(u"bomb"_s), limits);
    VERIFY_RESULT(reader);
    while (!(*reader)->step(50ms)) { }
    const LayerIndexPtr index = (*reader)->finish();
    reader->reset();
    LayerMerge merge;
    merge.add(*index);
    const LayerMerge::Merged merged = merge.finish();
    const qint64 grown = peakMemory() - before;
    QCOMPARE(index->isCutOff(), isCutOff);
    QCOMPARE(merged.files.tree->isCutOff(), isCutOff);
    QVERIFY(merged.files.tree->nodes().size() <= 1'000'000);
    QVERIFY(!isCutOff || !index->problem().isEmpty());
    qInfo("grew by %lld MiB, %zu nodes", grown / MiB, merged.files.tree->nodes().size());
    QVERIFY2(grown < growth / Share + Surplus, qPrintable(u"grew by %1 MiB"_s.arg(grown / MiB)));
}

QTEST_GUILESS_MAIN(LayerMemoryTest)
#include "tst_layermemory.moc"
