// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/localnames.h"

#include "snapshots.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

class TestLocalNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imagesAreFoundByWhateverIsTheSame()
    {
        const StoredImage image = Samples::image("ui", {u"docker.io/alice/ui:v1"_s, u"lab:5000/ui:v1"_s});
        const LocalNames names({image, Samples::image("other", {u"lab:5000/group/other:2"_s})});
        const QStringList both{u"alice/ui:v1"_s, u"lab:5000/ui:v1"_s};
        QCOMPARE(names.of(image.target.digest, nullptr), both);
        QVERIFY(names.of(Samples::digestOf("index"), nullptr).isEmpty());
        // A platform of an index at the registry, pulled by itself.
        RemoteImage::Entry entry;
        entry.manifest = image.target;
        RemoteImage remote;
        remote.entries.append(entry);
        QCOMPARE(names.of(Samples::digestOf("index"), &remote), both);
        QVERIFY(names.digests().contains(image.id));
    }

    void artifactsAreNotTheSameForTheirEmptyConfig()
    {
        StoredImage sbom = Samples::image("sbom", {u"lab:5000/sbom:1"_s});
        sbom.isArtifact = true;
        sbom.id = sbom.target.digest;
        const LocalNames names({sbom});
        RemoteImage::Entry entry;
        entry.manifest.digest = Samples::digestOf("another SBOM");
        entry.configDigest = sbom.platforms.first().configDigest;
        RemoteImage remote;
        remote.entries.append(entry);
        QVERIFY(names.of(Samples::digestOf("its list"), &remote).isEmpty());
        QVERIFY(!names.digests().contains(entry.configDigest));
    }

    void repositoriesAreThoseOfTheRegistry()
    {
        const LocalNames names({Samples::image("a", {u"lab:5000/ui:v1"_s, u"lab:5000/ui:v2"_s}),
                                Samples::image("b", {u"docker.io/alice/ui:v1"_s})});
        QCOMPARE(names.repositoriesOf(u"lab:5000"_s), QStringList{u"ui"_s});
        QCOMPARE(names.repositoriesOf(u"docker.io"_s), QStringList{u"alice/ui"_s});
        QVERIFY(names.repositoriesOf(u"ghcr.io"_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLocalNames)
#include "tst_localnames.moc"
