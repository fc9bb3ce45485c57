// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/disktiles.h"

#include "models/imagenames.h"
#include "models/text.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct DiskWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::DiskWords)
};

constexpr qsizetype MostGroups = 160;      // of images: more are no larger than a point each
constexpr qsizetype MostShared = 240;      // layers
constexpr int MostSharersNamed = 2;        // in a name that is read aloud
constexpr int MostSharersListed = 12;      // in a tool tip
constexpr double SmallestShare = 1 / 250.; // of one image's area, so that every layer can be hit

using Kind = TreemapTile::Kind;
using Titles = QHash<Digest, QString>;

QString lines(const QStringList& texts)
{
    QStringList kept = texts;
    kept.removeAll(QString());
    return kept.join(u'\n');
}

//! For tool tips: one a line, the last of many only counted.
QString sharersList(const StoredLayer& layer, const Titles& titles)
{
    QStringList names;
    for (const Digest& id :
         layer.sharedWith.first(std::min<qsizetype>(MostSharersListed, layer.sharedWith.size())))
        names.append(u"  "_s + titles.value(id, id.shortHex()));
    names.sort();
    if (layer.sharerCount > names.size())
        names.append(u"  "_s + DiskWords::tr("and %n more", nullptr, layer.sharerCount - int(names.size())));
    return names.join(u'\n');
}

//! A tool tip is as wide as its longest line: build steps can be pages long.
QString shortened(const QString& step)
{
    constexpr qsizetype Longest = 100;
    const QString line = step.simplified();
    return line.size() > Longest ? line.first(Longest) + u'…' : line;
}

TreemapTile layerTile(const StoredLayer& layer, const QString& title, const Titles& titles)
{
    const QString size = formatBytes(layer.descriptor.size);
    const bool isShared = layer.sharerCount > 0;
    TreemapTile tile;
    tile.title = title;
    tile.text = lines({size, layer.step.simplified()});
    tile.kind = isShared ? Kind::Shared : Kind::Own;
    tile.weight = double(layer.descriptor.size);
    QString sharing = DiskWords::tr("only here");
    if (isShared)
        sharing = DiskWords::tr("shared with %n other image(s)", nullptr, layer.sharerCount);
    tile.toolTip =
        lines({u"%1 · %2"_s.arg(title, size), shortened(layer.step), layer.descriptor.digest.toString(),
               isShared ? sharing + u':' : sharing, isShared ? sharersList(layer, titles) : QString()});
    tile.accessibleName = u"%1, %2, %3"_s.arg(title, size, sharing);
    return tile;
}

TreemapTile plainTile(const QString& title, qint64 bytes, Kind kind, const QString& explanation = {})
{
    const QString size = formatBytes(bytes);
    TreemapTile tile;
    tile.title = title;
    tile.text = size;
    tile.kind = kind;
    tile.weight = double(bytes);
    tile.toolTip = lines({u"%1 · %2"_s.arg(title, size), explanation});
    tile.accessibleName = u"%1, %2"_s.arg(title, size);
    return tile;
}

//! The layers of an image that are here, each once, with the title of its first place.
template<typename Use>
void eachLayer(const StoredImage& image, const Use& use)
{
    QSet<Digest> seen;
    for (const StoredPlatform& platform : image.platforms) {
        for (qsizetype i = 0; i < platform.layers.size(); ++i) {
            const StoredLayer& layer = platform.layers.at(i);
            if (!layer.isPresent || seen.contains(layer.descriptor.digest))
                continue;
            seen.insert(layer.descriptor.digest);
            const QString title = DiskWords::tr("Layer %1").arg(i + 1);
            use(layer,
                image.platforms.size() > 1 ? u"%1, %2"_s.arg(title, platformText(platform.platform)) : title);
        }
    }
}

class StoreTiles
{
public:
    StoreTiles(const StoreSnapshot& store, const Titles& titles) : m_store(store), m_titles(titles) { }

    DiskTiles make()
    {
        std::vector<const StoredImage*> images;
        for (const StoredImage& image : m_store.images)
            images.push_back(&image);
        std::ranges::stable_sort(images, std::ranges::greater(), &StoredImage::unique);
        for (size_t i = 0; i < images.size(); ++i) {
            collectShared(*images[i]);
            if (i < size_t(MostGroups) && images[i]->unique > 0)
                addImage(*images[i]);
            else
                addRest(*images[i]);
        }
        addShared();
        if (m_restCount > 0)
            add(plainTile(DiskWords::tr("%n more image(s)", nullptr, m_restCount), m_rest, Kind::Own),
                group(DiskWords::tr("Smaller images")));
        const qint64 loose = m_store.usage.unreferenced + m_store.usage.unfinished;
        if (loose > 0)
            add(plainTile(DiskWords::tr("Nobody's"), loose, Kind::Loose,
                          DiskWords::tr("Blobs that no image needs, and downloads that broke off")),
                group(DiskWords::tr("Of no image")));
        return std::move(m_made);
    }

private:
    int group(const QString& title)
    {
        m_made.groups.append(title);
        return int(m_made.groups.size()) - 1;
    }

    void add(TreemapTile tile, int group, const Digest& image = {}, const QString& whose = {})
    {
        tile.group = group;
        if (!whose.isEmpty()) {
            tile.accessibleName = whose + u", "_s + tile.accessibleName;
            tile.toolTip = whose + u'\n' + tile.toolTip;
        }
        m_made.tiles.append(tile);
        m_made.meanings.push_back({-1, image});
    }

    void collectShared(const StoredImage& image)
    {
        eachLayer(image, [&](const StoredLayer& layer, const QString&) {
            if (layer.sharerCount > 0 && !m_seen.contains(layer.descriptor.digest)) {
                m_seen.insert(layer.descriptor.digest);
                m_shared.push_back({layer, image.id});
            }
        });
    }

    void addImage(const StoredImage& image)
    {
        const QString title = m_titles.value(image.id, imageTitle(image));
        const int place = group(title);
        m_made.groupOf.insert(image.target.digest, place);
        qint64 rest = image.unique;
        eachLayer(image, [&](const StoredLayer& layer, const QString& name) {
            if (layer.sharerCount > 0)
                return;
            add(layerTile(layer, name, m_titles), place, image.id, title);
            rest -= layer.descriptor.size;
        });
        if (rest > 0)
            add(plainTile(DiskWords::tr("Documents"), rest, Kind::Other,
                          DiskWords::tr("Manifests and configurations")),
                place, image.id, title);
    }

    void addRest(const StoredImage& image)
    {
        if (image.unique == 0)
            return; // all of it is shared
        m_rest += image.unique;
        ++m_restCount;
    }

    void addShared()
    {
        if (m_store.usage.shared == 0)
            return;
        const int place = group(DiskWords::tr("Shared by several images"));
        std::ranges::stable_sort(m_shared, std::ranges::greater(),
                                 [](const auto& shared) { return shared.first.descriptor.size; });
        qint64 rest = m_store.usage.shared;
        for (size_t i = 0; i < std::min(m_shared.size(), size_t(MostShared)); ++i) {
            const auto& [layer, image] = m_shared[i];
            // The list of sharers leaves out the image it was found in.
            StoredLayer shown = layer;
            shown.sharedWith.prepend(image);
            shown.sharerCount += 1;
            TreemapTile tile =
                layerTile(shown, sharersText(shown.sharedWith, shown.sharerCount, m_titles), m_titles);
            const QString size = formatBytes(layer.descriptor.size);
            const QString sharing = DiskWords::tr("shared by %n image(s)", nullptr, shown.sharerCount);
            tile.toolTip =
                lines({u"%1 · %2"_s.arg(DiskWords::tr("Layer"), size), shortened(layer.step),
                       layer.descriptor.digest.toString(), sharing + u':', sharersList(shown, m_titles)});
            tile.accessibleName = u"%1, %2, %3"_s.arg(DiskWords::tr("Layer"), size, sharing);
            add(tile, place);
            rest -= layer.descriptor.size;
        }
        if (rest > 0)
            add(plainTile(DiskWords::tr("Others"), rest, Kind::Shared,
                          DiskWords::tr("Smaller layers and documents of several images")),
                place);
    }

    const StoreSnapshot& m_store;
    const Titles& m_titles;
    DiskTiles m_made;
    QSet<Digest> m_seen;
    std::vector<std::pair<StoredLayer, Digest>> m_shared;
    qint64 m_rest = 0;
    int m_restCount = 0;
};

} // namespace

QString sharersText(const QList<Digest>& some, int others, const QHash<Digest, QString>& titles)
{
    QStringList names;
    for (const Digest& id : some.first(std::min<qsizetype>(MostSharersNamed, some.size())))
        names.append(titles.value(id, id.shortHex()));
    const int more = others - int(names.size());
    if (more > 0)
        return DiskWords::tr("%1 and %n more", nullptr, more).arg(names.join(u", "_s));
    return names.size() == 2 ? DiskWords::tr("%1 and %2").arg(names.at(0), names.at(1)) : names.join(u", "_s);
}

DiskTiles tilesOf(const StoredImage& image, int platform, const QHash<Digest, QString>& titles)
{
    DiskTiles made;
    qint64 rest = image.size;
    QSet<Digest> seen;
    if (platform >= 0 && platform < image.platforms.size()) {
        const QList<StoredLayer>& layers = image.platforms.at(platform).layers;
        for (qsizetype i = 0; i < layers.size(); ++i) {
            const StoredLayer& layer = layers.at(i);
            if (!layer.isPresent || seen.contains(layer.descriptor.digest))
                continue;
            seen.insert(layer.descriptor.digest);
            made.tiles.append(layerTile(layer, DiskWords::tr("Layer %1").arg(i + 1), titles));
            made.meanings.push_back({int(i), image.id});
            rest -= layer.descriptor.size;
        }
    }
    if (rest > 0) {
        const bool hasOthers = image.platforms.size() > 1;
        made.tiles.append(plainTile(
            hasOthers ? DiskWords::tr("Other platforms") : DiskWords::tr("Documents"), rest, Kind::Other,
            hasOthers ? DiskWords::tr("Their layers, and manifests and configurations")
                      : DiskWords::tr("Manifest and configuration")));
        made.meanings.push_back({-1, image.id});
    }
    for (TreemapTile& tile : made.tiles)
        tile.weight = std::max(tile.weight, double(image.size) * SmallestShare);
    return made;
}

DiskTiles tilesOf(const StoreSnapshot& store, const QHash<Digest, QString>& titles)
{
    return StoreTiles(store, titles).make();
}

} // namespace Tagboat
