// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagecolumns.h"
#include "models/imagefilter.h"
#include "models/imagefilterproxy.h"
#include "models/imageslistmodel.h"
#include "models/imagestreemodel.h"
#include "snapshots.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <QTimeZone>

#include <random>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

using Kind = FilterTerm::Kind;

const QDateTime Now(QDate(2026, 6, 15), QTime(12, 0), QTimeZone::UTC);

//! Words of a filter as "kind text=value number", a dash before what is turned round.
QStringList described(const ImageFilter& filter)
{
    static const QHash<Kind, QString> names{{Kind::Word, u"word"_s},
                                            {Kind::Glob, u"glob"_s},
                                            {Kind::Label, u"label"_s},
                                            {Kind::Registry, u"registry"_s},
                                            {Kind::Untagged, u"untagged"_s},
                                            {Kind::Outdated, u"outdated"_s},
                                            {Kind::Incomplete, u"incomplete"_s},
                                            {Kind::Artifact, u"artifact"_s},
                                            {Kind::Platform, u"platform"_s},
                                            {Kind::Larger, u"larger"_s},
                                            {Kind::Smaller, u"smaller"_s},
                                            {Kind::Older, u"older"_s},
                                            {Kind::Newer, u"newer"_s}};
    QStringList words;
    for (const FilterTerm& term : filter.terms()) {
        QString word = (term.isNegated ? u"-"_s : QString()) + names.value(term.kind);
        if (!term.text.isEmpty())
            word += u' ' + term.text;
        if (term.value)
            word += u'=' + *term.value;
        if (term.kind == Kind::Older || term.kind == Kind::Newer)
            word += u' ' + QDateTime::fromSecsSinceEpoch(term.number, QTimeZone::UTC).toString(Qt::ISODate);
        else if (term.number != 0)
            word += u' ' + QString::number(term.number);
        words.append(word);
    }
    return words;
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows.append(model.index(row, 0).data().toString());
    return rows;
}

StoredImage sized(const QByteArray& seed, const QStringList& imageNames, qint64 size, int daysOld)
{
    StoredImage image = Samples::image(seed, imageNames);
    image.size = size;
    image.created = QDateTime::currentDateTimeUtc().addDays(-daysOld);
    return image;
}

} // namespace

class TestImageFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsTypedIsUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("terms");
        const auto row = [](const QString& text, const QStringList& terms) {
            QTest::newRow(qPrintable(text)) << text << terms;
        };
        row(u""_s, {});
        row(u"  \t "_s, {});
        row(u"-"_s, {});
        row(u"Nginx  1.27"_s, {u"word nginx"_s, u"word 1.27"_s});
        row(u"-nginx"_s, {u"-word nginx"_s});
        row(u"--nginx"_s, {u"-word -nginx"_s});
        row(u"nginx:1.27"_s, {u"word nginx:1.27"_s});
        row(u"*/image-*"_s, {u"glob */image-*"_s});
        row(u"-*/image-*"_s, {u"-glob */image-*"_s});
        row(u"\"two words\""_s, {u"word two words"_s});
        row(u"-\"two words\" x"_s, {u"-word two words"_s, u"word x"_s});
        row(u"\"is:untagged\""_s, {u"word is:untagged"_s});
        row(u"\"open end"_s, {u"word open end"_s});
        row(u"\"\""_s, {});
        row(u"label:maintainer"_s, {u"label maintainer"_s});
        row(u"Label:Stage=production"_s, {u"label Stage=production"_s});
        row(u"label:stage="_s, {u"label stage="_s});
        row(u"label:a=b=c"_s, {u"label a=b=c"_s});
        row(u"label:\"title=My App\""_s, {u"label title=My App"_s});
        row(u"\"label:title=My App\""_s, {u"word label:title=my app"_s});
        row(u"-label:stage=test"_s, {u"-label stage=test"_s});
        row(u"registry:GHCR.io"_s, {u"registry ghcr.io"_s});
        row(u"registry:localhost:5000"_s, {u"registry localhost:5000"_s});
        row(u"is:untagged IS:Outdated"_s, {u"untagged"_s, u"outdated"_s});
        row(u"is:incomplete -is:artifact"_s, {u"incomplete"_s, u"-artifact"_s});
        row(u"platform:linux/arm64"_s, {u"platform linux/arm64"_s});
        row(u"larger:100MB"_s, {u"larger 100000000"_s});
        row(u">100MB"_s, {u"larger 100000000"_s});
        row(u">=1.5gb"_s, {u"larger 1500000000"_s});
        row(u"<1GiB"_s, {u"smaller 1073741824"_s});
        row(u"smaller:800k"_s, {u"smaller 800000"_s});
        row(u"larger:123"_s, {u"larger 123"_s});
        row(u"larger:1,5MB"_s, {u"larger 1500000"_s});
        row(u"-larger:2TB"_s, {u"-larger 2000000000000"_s});
        row(u"older:30d"_s, {u"older 2026-05-16T12:00:00Z"_s});
        row(u"newer:2w"_s, {u"newer 2026-06-01T12:00:00Z"_s});
        row(u"older:12h"_s, {u"older 2026-06-15T00:00:00Z"_s});
        row(u"older:6mo"_s, {u"older 2025-12-15T12:00:00Z"_s});
        row(u"older:1Y"_s, {u"older 2025-06-15T12:00:00Z"_s});
    }

    void whatIsTypedIsUnderstood()
    {
        QFETCH(const QString, text);
        const ImageFilter filter = ImageFilter::parse(text, Now);
        QTEST(described(filter), "terms");
        QCOMPARE(filter.hints(), QStringList());
    }

    void whatIsNotUnderstoodIsSaid_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hint");
        QTest::addColumn<QStringList>("terms"); // what is left of it
        QTest::newRow("state") << u"is:outdate x"_s << u"is:outdate"_s << QStringList{u"word x"_s};
        QTest::newRow("no state") << u"is:"_s << u"untagged, outdated"_s << QStringList();
        QTest::newRow("size") << u"larger:big"_s << u"larger:big"_s << QStringList();
        QTest::newRow("unit") << u"larger:10XB"_s << u"is no size"_s << QStringList();
        QTest::newRow("short size") << u">much"_s << u">100MB"_s << QStringList();
        QTest::newRow("no size") << u">"_s << u"is no size"_s << QStringList();
        QTest::newRow("time") << u"older:soon"_s << u"older:soon"_s << QStringList();
        QTest::newRow("minutes or months") << u"older:5m"_s << u"older:6mo"_s << QStringList();
        QTest::newRow("label") << u"label:"_s << u"needs a key"_s << QStringList();
        QTest::newRow("label value") << u"label:=x"_s << u"needs a key"_s << QStringList();
        QTest::newRow("registry") << u"registry:"_s << u"needs a host"_s << QStringList();
        QTest::newRow("platform") << u"platform:"_s << u"linux/arm64"_s << QStringList();
        QTest::newRow("slip") << u"lable:stage"_s << u"label:"_s << QStringList{u"word lable:stage"_s};
        QTest::newRow("letter") << u"plaform:x"_s << u"platform:"_s << QStringList{u"word plaform:x"_s};
    }

    void whatIsNotUnderstoodIsSaid()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, hint);
        const ImageFilter filter = ImageFilter::parse(text, Now);
        QCOMPARE(filter.hints().size(), 1);
        QVERIFY2(filter.hints().first().contains(hint), qPrintable(filter.hints().first()));
        QTEST(described(filter), "terms");
    }

    void imagesAreFoundByWhatTheyAre_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("rows");
        const QString web = u"web:1"_s, db = u"ghcr.io/acme/db:2"_s, sign = u"localhost:5000/sig:3"_s,
                      gone = u"part:4"_s, none = u"untagged"_s;
        const auto row = [](const QString& filter, const QStringList& rows) {
            QTest::newRow(qPrintable(filter)) << filter << rows;
        };
        row(u"is:untagged"_s, {none});
        row(u"-is:untagged"_s, {web, db, sign, gone});
        row(u"is:artifact"_s, {sign});
        row(u"is:incomplete"_s, {gone});
        row(u"is:outdated"_s, {});
        row(u"label:stage"_s, {web, db});
        row(u"label:STAGE=Production"_s, {web});
        row(u"label:stage=prod*"_s, {web});
        row(u"label:sta*"_s, {web, db});
        row(u"-label:stage"_s, {sign, gone, none});
        row(u"label:\"title=My App\""_s, {db});
        row(u"registry:docker.io"_s, {web, gone});
        row(u"registry:ghcr"_s, {db});
        row(u"registry:localhost"_s, {sign});
        row(u"-registry:docker.io"_s, {db, sign, none});
        row(u"platform:linux/arm64"_s, {db});
        row(u"platform:arm64"_s, {db});
        row(u"platform:linux"_s, {web, db, sign, gone, none});
        row(u"platform:linux/arm"_s, {});
        row(u"larger:50MB"_s, {db, none});
        row(u">50MB <150MB"_s, {none});
        row(u"older:30d"_s, {db});
        row(u"newer:30d -web"_s, {sign, gone, none});
        row(u"acme -db"_s, {});
        row(u"*:2"_s, {}); // a star stops at a slash
        row(u"ghcr.io/*/*"_s, {db});
        row(u"amd64 -web"_s, {sign, gone, none});
    }

    void imagesAreFoundByWhatTheyAre()
    {
        QFETCH(const QString, filter);
        StoredImage web = sized("web", {u"docker.io/library/web:1"_s}, 10'000'000, 3);
        web.platforms.first().labels = {{u"stage"_s, u"production"_s}};
        StoredImage db = sized("db", {u"ghcr.io/acme/db:2"_s}, 200'000'000, 100);
        db.platforms.first().labels = {{u"stage"_s, u"test"_s}, {u"title"_s, u"My App"_s}};
        db.platforms.first().platform.architecture = u"arm64"_s;
        db.platforms.first().platform.variant = u"v8"_s;
        StoredImage sign = sized("sign", {u"localhost:5000/sig:3"_s}, 1'000, 3);
        sign.isArtifact = true;
        StoredImage gone = sized("gone", {u"docker.io/library/part:4"_s}, 5'000, 3);
        gone.platforms.first().isPresent = false;
        const StoredImage untagged = sized("none", {}, 100'000'000, 3);
        ImagesTreeModel model;
        model.setImages({web, db, sign, gone, untagged});
        ImageFilterProxy proxy;
        proxy.setSourceModel(&model);
        const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.setFilter(filter);
        QTEST(names(proxy), "rows");
    }

    //! Whatever happens to the images, the proxy shows what a proxy made anew would show, and indexes that
    //! somebody holds stay with their rows.
    void theProxyFollowsItsModelThroughAnything_data()
    {
        QTest::addColumn<bool>("grouped");
        QTest::addColumn<int>("images");
        QTest::newRow("by image") << true << 12;
        QTest::newRow("flat") << false << 12;
        QTest::newRow("many by image") << true << 150;
        QTest::newRow("many flat") << false << 150;
    }

    void theProxyFollowsItsModelThroughAnything()
    {
        QFETCH(const bool, grouped);
        QFETCH(const int, images);
        std::mt19937 random(20260615);
        const auto below = [&random](int end) { return std::uniform_int_distribution(0, end - 1)(random); };
        ImagesTreeModel tree;
        ImagesListModel list;
        ImageFilterProxy proxy;
        if (grouped)
            proxy.setSourceModel(&tree);
        else
            proxy.setSourceModel(&list);
        const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        // A name of a flat list may move to another image and stays the same row.
        const auto keyOf = [grouped](const QModelIndex& index) {
            const QString name = index.data(ImageRole::CanonicalName).toString();
            return !name.isEmpty() && !grouped ? name : index.data(ImageRole::Digest).toString();
        };
        const QStringList filters{
            u""_s,     u"a"_s, u"ui"_s, u"1.2 -b"_s, u"is:untagged"_s, u"larger:500"_s, u"registry:ghcr"_s,
            u"*/ui*"_s};
        for (int round = 0; round < 60; ++round) {
            QList<StoredImage> now;
            int name = 0;
            for (int i = 0; i < images; ++i) {
                if (below(8) == 0)
                    continue;
                QStringList imageNames;
                for (int n = below(4); n > 0; --n) {
                    static const QStringList places{u"docker.io/library/ui:1.%1"_s, u"ghcr.io/a/ui:2.%1"_s,
                                                    u"docker.io/b/web:%1"_s};
                    imageNames.append(places[below(3)].arg(name++ * 7 % (4 * images)));
                }
                imageNames.sort();
                StoredImage image = Samples::image("image " + QByteArray::number(i), imageNames);
                image.size = below(1000);
                image.created = QDateTime::fromSecsSinceEpoch(1'700'000'000 + below(50), QTimeZone::UTC);
                now.append(image);
            }
            if (round % 3 == 0)
                std::ranges::shuffle(now, random);
            QList<std::pair<QPersistentModelIndex, QString>> held;
            for (int row = 0; row < proxy.rowCount(); row += 3) {
                const QModelIndex index = proxy.index(row, 0);
                held.append({index, keyOf(index)});
                if (proxy.rowCount(index) > 0) {
                    const QModelIndex child = proxy.index(0, 0, index);
                    held.append({child, keyOf(child)});
                }
            }
            if (round % 2 == 0) {
                if (grouped)
                    tree.setImages(now);
                else
                    list.setImages(now);
            }
            if (round % 3 == 1)
                proxy.setFilter(filters[below(int(filters.size()))]);
            if (round % 5 == 1)
                proxy.sort(below(ImageColumn::Count), below(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
            for (const auto& [index, key] : held) {
                if (index.isValid())
                    QCOMPARE(keyOf(index), key);
            }
            QStringList wanted;
            ImageMatcher matcher(proxy.filter());
            const auto* rows = dynamic_cast<const ImageRowSource*>(proxy.sourceModel());
            for (int row = 0; row < proxy.sourceModel()->rowCount(); ++row) {
                const ShownName* ofRow = rows->nameOfRow(row);
                if (matcher.setImage(rows->imageRow(row), false)
                    && (ofRow ? matcher.accepts(ofRow) : matcher.acceptsAny()))
                    wanted.append(proxy.sourceModel()->index(row, 0).data().toString());
            }
            QStringList shown = names(proxy);
            wanted.sort();
            shown.sort();
            QCOMPARE(shown, wanted);
            for (int row = 0; row < proxy.rowCount(); ++row) {
                const QModelIndex index = proxy.index(row, 0);
                QCOMPARE(proxy.mapFromSource(proxy.mapToSource(index)), index);
                QCOMPARE(proxy.hasChildren(index), proxy.rowCount(index) > 0);
            }
        }
    }

    void sortedRowsStayInOrder_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        for (int column = 0; column < ImageColumn::Count; ++column) {
            QTest::addRow("%d up", column) << column << Qt::AscendingOrder;
            QTest::addRow("%d down", column) << column << Qt::DescendingOrder;
        }
    }

    void sortedRowsStayInOrder()
    {
        QFETCH(const int, column);
        QFETCH(const Qt::SortOrder, order);
        QList<StoredImage> images;
        for (int i = 0; i < 40; ++i) {
            StoredImage image = Samples::image("i" + QByteArray::number(i),
                                               {u"docker.io/library/app:%1.%2"_s.arg(i % 7).arg(i)});
            image.size = (i * 37) % 11;
            image.unique = (i * 17) % 5;
            image.shared = image.size - image.unique;
            image.created = QDateTime::fromSecsSinceEpoch(1'700'000'000 + (i * 13) % 9, QTimeZone::UTC);
            image.platforms.first().platform.architecture = i % 3 ? u"amd64"_s : u"arm64"_s;
            images.append(image);
        }
        ImagesTreeModel model;
        ImageFilterProxy proxy;
        proxy.setSourceModel(&model);
        proxy.sort(column, order);
        const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto check = [&] {
            for (int row = 1; row < proxy.rowCount(); ++row) {
                const QVariant a = proxy.index(row - 1, column).data(Role::SortKey);
                const QVariant b = proxy.index(row, column).data(Role::SortKey);
                if (column == ImageColumn::Name)
                    continue; // versions: sortingKnowsVersionsAndKeepsUntaggedLast
                const auto compared = QVariant::compare(a, b);
                QVERIFY(order == Qt::AscendingOrder ? compared != QPartialOrdering::Greater
                                                    : compared != QPartialOrdering::Less);
            }
        };
        model.setImages(images);
        check();
        images[7].size = 100; // one goes elsewhere
        images[7].created = images[7].created.addDays(5);
        model.setImages(images);
        check();
        images.insert(20, Samples::image("new", {u"docker.io/library/new:1"_s})); // one comes between
        model.setImages(images);
        check();
        QCOMPARE(proxy.rowCount(), 41);
    }
};

QTEST_GUILESS_MAIN(TestImageFilter)
#include "tst_imagefilter.moc"
