// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/newsjudge.h"

#include "oci/mediatype.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The two bytes `{}`: the config of most artifacts, which says nothing about where they were.
const Digest& emptyConfig()
{
    static const Digest digest = Digest::ofBytes("{}");
    return digest;
}

} // namespace

QString placeOf(const QString& reference)
{
    const QString name = reference.section(u'@', 0, 0);
    const qsizetype colon = name.lastIndexOf(u':');
    return colon > name.lastIndexOf(u'/') ? name.first(colon) : name;
}

QString atPlace(const QString& place, const Digest& digest)
{
    return place + u'@' + digest.toString();
}

QHash<QString, QList<Digest>> placesToKnow(const QList<StoredImage>& images)
{
    QHash<QString, QSet<Digest>> wanted;
    for (const StoredImage& image : images) {
        QSet<QString> registries;
        for (const QString& name : image.names)
            registries.insert(name.section(u'/', 0, 0));
        for (const QString& registry : std::as_const(registries)) {
            for (const StoredPlatform& platform : image.platforms) {
                if (!platform.configDigest.isNull() && platform.configDigest != emptyConfig())
                    wanted[registry].insert(platform.configDigest);
            }
        }
    }
    QHash<QString, QList<Digest>> places;
    for (auto it = wanted.cbegin(); it != wanted.cend(); ++it)
        places.insert(it.key(), it->values());
    return places;
}

Verdict compareTag(const QString& reference, const Digest& from, const RegistryAnswer& answer,
                   const NewsKnowledge& known)
{
    const Digest& there = answer.digest;
    if (from.isNull())
        return Verdict::NoDigest;
    if (there == from)
        return Verdict::Same;
    const auto index = known.indexes.constFind(there);
    if (index != known.indexes.cend())
        return index->manifests.contains(from) ? Verdict::Same : Verdict::Other;
    const auto former = known.indexes.constFind(from);
    if (!MediaType::isIndex(answer.mediaType)) {
        const bool isPart = former != known.indexes.cend() && former->manifests.contains(there);
        return isPart ? Verdict::Same : Verdict::Other;
    }
    if (former != known.indexes.cend())
        return Verdict::Other;
    const QString place = placeOf(reference);
    if (known.homes.value(from).contains(place)) // came from another index of this repository
        return Verdict::Other;
    const auto itself = known.answers.constFind(atPlace(place, from));
    if (itself == known.answers.cend() || !itself->checked.isValid())
        return Verdict::AskDigest;
    // A registry keeps what its tags lead to: what it has not is no part of that index. And an index is none.
    if (itself->digest.isNull() || MediaType::isIndex(itself->mediaType))
        return Verdict::Other;
    return Verdict::ReadIndex;
}

TagNews judgeTag(const QString& reference, const Digest& from, const NewsKnowledge& known)
{
    TagNews news;
    news.reference = reference;
    news.from = from;
    const auto answer = known.answers.constFind(reference);
    if (answer == known.answers.cend())
        return news;
    news.checked = answer->checked;
    news.error = answer->error;
    if (!answer->checked.isValid()) {
        news.state = answer->error ? NewsState::Unknown : NewsState::NotAsked;
        news.doubt = answer->error ? TagNews::Doubt::Failed : TagNews::Doubt::None;
        return news;
    }
    news.to = answer->digest;
    const Verdict verdict =
        answer->digest.isNull() ? Verdict::Same : compareTag(reference, from, *answer, known);
    switch (verdict) {
    case Verdict::Other:
        // It has moved on, and nobody's silence since then changes that.
        news.state = NewsState::MovedOn;
        return news;
    case Verdict::NoDigest:
        news.state = NewsState::Unknown;
        news.doubt = TagNews::Doubt::NoDigest;
        return news;
    case Verdict::AskDigest:
        if (!answer->error) { // an image that came later than the answer
            news.state = NewsState::NotAsked;
            return news;
        }
        [[fallthrough]];
    case Verdict::ReadIndex:
        news.state = NewsState::Unknown;
        news.doubt = answer->error ? TagNews::Doubt::Failed : TagNews::Doubt::CostsPull;
        return news;
    case Verdict::Same:
        break;
    }
    news.state = answer->digest.isNull() ? NewsState::Gone : NewsState::UpToDate;
    if (answer->error) { // what was so when somebody could ask need not be so now
        news.state = NewsState::Unknown;
        news.doubt = TagNews::Doubt::Failed;
    }
    return news;
}

namespace {

//! Makes the view of one list of images.
class Judge
{
public:
    Judge(const QList<StoredImage>& images, NewsKnowledge known, const KnownPlaces& places,
          const QHash<Digest, QStringList>& formerNames)
        : m_images(images), m_known(std::move(known)), m_places(places), m_formerNames(formerNames),
          m_finder(images)
    {
        for (int i = 0; i < images.size(); ++i) {
            const StoredImage& image = images.at(i);
            m_byDigest.insert(image.target.digest, i);
            KnownIndex index;
            for (const StoredPlatform& platform : image.platforms) {
                if (!m_byDigest.contains(platform.manifest.digest))
                    m_byDigest.insert(platform.manifest.digest, i);
                index.manifests.append(platform.manifest.digest);
            }
            if (MediaType::isIndex(image.target.mediaType) && !m_known.indexes.contains(image.target.digest))
                m_known.indexes.insert(image.target.digest, index);
        }
    }

    NewsView make()
    {
        for (const StoredImage& image : m_images)
            judge(image);
        m_view.nameless = m_nameless.values();
        return std::move(m_view);
    }

private:
    void judge(const StoredImage& image)
    {
        ImageNews news;
        for (const StoredPlatform& platform : image.platforms) {
            if (!image.isArtifact)
                addBase(news, image, platform);
        }
        for (const QString& name : evidentNames(image))
            news.tags.append(tag(image, name, image.target.digest));
        if (!news.bases.isEmpty() || !news.tags.isEmpty())
            m_view.news.insert(image.target.digest, news);
    }

    void addBase(ImageNews& news, const StoredImage& image, const StoredPlatform& platform)
    {
        auto base = baseOf(image, platform);
        if (!base)
            return;
        const QString text = platform.platform.toString();
        const bool isOnlyOne = image.platforms.size() == 1;
        for (BaseNews& known : news.bases) {
            if (known.source == base->source && known.name == base->name && known.digest == base->digest) {
                known.platforms.append(text);
                return;
            }
        }
        if (!isOnlyOne)
            base->platforms.append(text);
        news.bases.append(*base);
    }

    std::optional<BaseNews> baseOf(const StoredImage& image, const StoredPlatform& platform)
    {
        const Digest& manifest = platform.manifest.digest;
        const auto documents = m_known.declared.constFind(manifest);
        if (documents == m_known.declared.cend() && platform.isPresent)
            m_view.unread.append(manifest);
        if (documents != m_known.declared.cend() && *documents)
            return declared(image, platform, **documents);
        if (const auto found = byLayers(image, platform))
            return named(image, BaseSource::Layers, *found);
        return std::nullopt;
    }

    BaseNews declared(const StoredImage& image, const StoredPlatform& platform, const DeclaredBase& says)
    {
        LayerBase base{{}, says.digest, 0};
        if (!says.reference.isEmpty())
            base.references = {says.reference};
        else if (const auto here = m_byDigest.constFind(says.digest); here != m_byDigest.cend())
            base.references = namesOf(m_images.at(*here));
        if (base.digest.isNull()) {
            // It names its base, but not which one of that name: the one here that it begins with, if any.
            const auto found = byLayers(image, platform);
            if (found && found->references.contains(says.reference))
                base.digest = found->digest;
        }
        return named(image, says.source, base);
    }

    //! The base that the layers show, or showed when that was still here under its name.
    std::optional<LayerBase> byLayers(const StoredImage& image, const StoredPlatform& platform)
    {
        const Digest& manifest = platform.manifest.digest;
        const auto kept = m_known.layerBases.constFind(manifest);
        const bool isKept = kept != m_known.layerBases.cend();
        const auto match = m_finder.baseOf(image, platform);
        if (!match || (isKept && kept->layers > match->layers))
            return isKept ? std::optional(*kept) : std::nullopt;
        // Its name has gone elsewhere; or it was made anew from the same files, and what is at hand is from
        // the one before.
        const bool isOther = isKept && kept->digest != match->image->target.digest;
        if (isKept && kept->layers == match->layers && (isOther || match->image->names.isEmpty()))
            return *kept;
        const LayerBase base{namesOf(*match->image), match->image->target.digest, match->layers};
        if (!base.references.isEmpty() && (!isKept || *kept != base))
            m_view.learnt.insert(manifest, base);
        return base;
    }

    //! Names that a base is asked for by.
    QStringList namesOf(const StoredImage& base)
    {
        QStringList names = evidentNames(base);
        if (names.isEmpty() && base.names.isEmpty()) {
            const auto former = m_formerNames.constFind(base.target.digest);
            if (former != m_formerNames.cend())
                names = *former;
            else
                m_nameless.insert(base.target.digest);
        }
        return names;
    }

    BaseNews named(const StoredImage& image, BaseSource source, const LayerBase& base)
    {
        BaseNews news;
        news.source = source;
        news.digest = base.digest;
        news.layers = source == BaseSource::Layers ? base.layers : 0;
        for (const QString& reference : base.references)
            news.tags.append(tag(image, reference, base.digest));
        // Called by the name that there is something to say of.
        const auto moved = std::ranges::find(news.tags, NewsState::MovedOn, &TagNews::state);
        if (moved != news.tags.end())
            news.name = moved->reference;
        else if (!base.references.isEmpty())
            news.name = base.references.constFirst();
        else if (const auto here = m_byDigest.constFind(base.digest); here != m_byDigest.cend())
            news.name = m_images.at(*here).names.value(0); // one that was only ever given here
        return news;
    }

    TagNews tag(const StoredImage& image, const QString& reference, const Digest& from)
    {
        m_view.questions[reference].insert(from);
        m_view.ofImage[image.target.digest].insert(reference);
        return judgeTag(reference, from, m_known);
    }

    //! Names whose registry is known to have had the image.
    [[nodiscard]] QStringList evidentNames(const StoredImage& image) const
    {
        QStringList names;
        for (const QString& name : image.names) {
            const auto registry = m_places.constFind(name.section(u'/', 0, 0));
            if (registry == m_places.cend())
                continue;
            // Canonical, so its parts are told without parsing 50,000 of them each time.
            const QString place = placeOf(name);
            if (place.size() == name.size() || name.contains(u'@'))
                continue;
            const QString repository = place.section(u'/', 1);
            const bool wasThere = std::ranges::any_of(image.platforms, [&](const StoredPlatform& platform) {
                const auto repositories = registry->constFind(platform.configDigest);
                return repositories != registry->cend() && repositories->contains(repository);
            });
            if (wasThere)
                names.append(name);
        }
        return names;
    }

    const QList<StoredImage>& m_images;
    NewsKnowledge m_known;
    const KnownPlaces& m_places;
    const QHash<Digest, QStringList>& m_formerNames;
    const BaseFinder m_finder;
    QHash<Digest, int> m_byDigest; // roots and manifests of platforms
    NewsView m_view;
    QSet<Digest> m_nameless;
};

} // namespace

NewsView judgeNews(const QList<StoredImage>& images, const NewsKnowledge& known, const KnownPlaces& places,
                   const QHash<Digest, QStringList>& formerNames)
{
    return Judge(images, known, places, formerNames).make();
}

} // namespace Tagboat
