// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/remotetagsmodel.h"

#include "models/roles.h"
#include "oci/mediatype.h"
#include "oci/referrer.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

Descriptor target(const char* name)
{
    Descriptor descriptor;
    descriptor.mediaType = MediaType::OciManifest;
    descriptor.digest = Digest::ofBytes(name);
    descriptor.size = 500;
    return descriptor;
}

QStringList badgesOf(const RemoteTagsModel& model, int row)
{
    QStringList tags;
    for (const Badge& badge :
         model.index(row, RemoteTagsModel::TagsColumn).data(Role::Badges).value<QList<Badge>>())
        tags.append(badge.text);
    return tags;
}

} // namespace

class TestRemoteTagsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aliasesStandTogetherNewestVersionFirst()
    {
        RemoteTagsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTargets({{u"2.1.9"_s, target("old")},
                          {u"latest"_s, target("new")},
                          {u"2.1.106"_s, target("new")},
                          {u"2.1"_s, target("new")}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.tagCount(), 4);
        QCOMPARE(model.newestVersion(), u"2.1.106"_s);
        QVERIFY(badgesOf(model, 0).contains(u"2.1.106"_s));
        QVERIFY(badgesOf(model, 0).contains(u"latest"_s));
        QCOMPARE(badgesOf(model, 1), QStringList({u"2.1.9"_s}));
    }

    void attachmentsComeLastAndSayToWhat()
    {
        RemoteTagsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString list = referrersTag(target("image").digest);
        const QString signature = referrersTag(target("gone").digest) + u".sig"_s;
        model.setTargets({{list, target("list")}, {signature, target("signature")}});
        const auto badge = [&model](const char* name) {
            return badgesOf(model, model.indexOf(target(name).digest).row()).join(u'|');
        };
        const QString unknown = u"attached to "_s + target("gone").digest.shortHex();
        QCOMPARE(badge("signature"), unknown);
        QCOMPARE(badge("list"), u"attached to "_s + target("image").digest.shortHex());
        QSignalSpy changed(&model, &RemoteTagsModel::dataChanged);
        model.setTargets({{list, target("list")},
                          {signature, target("signature")},
                          {u"2.1"_s, target("image")},
                          {u"sha256-short"_s, target("other")}});
        QCOMPARE(badgesOf(model, 0), QStringList{u"sha256-short"_s});
        QCOMPARE(badgesOf(model, 1), QStringList{u"2.1"_s});
        QCOMPARE(badge("signature"), unknown);
        QCOMPARE(badge("list"), u"attached to 2.1"_s);
        QVERIFY(!changed.isEmpty());
        const QModelIndex row = model.indexOf(target("list").digest);
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(list)); // found by its tag, too
        QCOMPARE(model.newestVersion(), u"2.1"_s);
    }

    void moreTagsKeepSelectedRowsAndDescriptions()
    {
        RemoteTagsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTargets({{u"1.0"_s, target("one")}, {u"2.0"_s, target("two")}});
        RemoteImage image;
        RemoteImage::Entry entry;
        entry.manifest = target("one");
        entry.platform = *Platform::parse(u"linux/amd64");
        entry.size = 26'100'000;
        image.entries.append(entry);
        model.setDescription(target("one").digest, image);
        QPersistentModelIndex followed = model.indexOf(target("one").digest);
        model.setTargets({{u"1.0"_s, target("one")}, {u"2.0"_s, target("two")}, {u"3.0"_s, target("three")}});
        QCOMPARE(model.group(followed)->tags, QStringList({u"1.0"_s}));
        QVERIFY(model.group(followed)->image.has_value());
        QCOMPARE(followed.sibling(followed.row(), RemoteTagsModel::PlatformsColumn).data().toString(),
                 u"linux/amd64"_s);
        QCOMPARE(model.undescribed().size(), 2);
    }

    void aRemovedTagLeavesItsSiblings()
    {
        RemoteTagsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTargets(
            {{u"1.0"_s, target("one")}, {u"latest"_s, target("one")}, {u"0.9"_s, target("older")}});
        model.setTargets({{u"1.0"_s, target("one")}});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(badgesOf(model, 0), QStringList({u"1.0"_s}));
    }

    void whatIsHereIsSeenByConfigToo()
    {
        RemoteTagsModel model;
        model.setTargets({{u"1.0"_s, target("one")}});
        const QModelIndex here = model.index(0, RemoteTagsModel::HereColumn);
        const QString absent = here.data().toString();
        RemoteImage image;
        RemoteImage::Entry entry;
        entry.manifest = target("child");
        entry.configDigest = target("config").digest;
        image.entries.append(entry);
        model.setDescription(target("one").digest, image);
        model.setLocalDigests({target("config").digest});
        QVERIFY(here.data().toString() != absent);
    }

    void manyTagsAreQuick()
    {
        QList<TagInfo> targets;
        for (int i = 0; i < 20'000; ++i)
            targets.append({u"1.0.%1"_s.arg(i), target(QByteArray::number(i / 2).constData())});
        RemoteTagsModel model;
        QElapsedTimer timer;
        timer.start();
        model.setTargets(targets);
        const qint64 first = std::max<qint64>(timer.restart(), 1);
        model.setTargets(targets); // the same again: a pass over the rows, no quadratic search
        QVERIFY2(timer.elapsed() < 20 * first,
                 qPrintable(u"%1 ms after %2 ms"_s.arg(timer.elapsed()).arg(first)));
        QCOMPARE(model.rowCount(), 10'000);
    }
};

QTEST_GUILESS_MAIN(TestRemoteTagsModel)
#include "tst_remotetagsmodel.moc"
