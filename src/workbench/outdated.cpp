// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/outdated.h"

#include <QSet>

#include <algorithm>

namespace Tagboat {

namespace {

//! Puts the tags of all images together.
class ViewMaker
{
public:
    void add(const Digest& image, const ImageNews& news)
    {
        for (const TagNews& tag : news.tags) {
            count(tag, image);
            if (tag.state == NewsState::MovedOn)
                m_view.names.append({tag, image});
        }
        for (const BaseNews& base : news.bases) {
            for (const TagNews& tag : base.tags) {
                count(tag, image);
                if (tag.state == NewsState::MovedOn)
                    addTo(tag, base.source, image);
            }
        }
    }

    OutdatedView make()
    {
        std::ranges::stable_sort(m_view.bases, [](const OutdatedBase& a, const OutdatedBase& b) {
            return a.images.size() != b.images.size() ? a.images.size() > b.images.size()
                                                      : a.tag.reference < b.tag.reference;
        });
        const auto name = [](const auto& one) -> const QString& { return one.tag.reference; };
        std::ranges::stable_sort(m_view.names, {}, name);
        std::ranges::stable_sort(m_view.doubts, {}, name);
        std::ranges::stable_sort(m_view.gone, {}, name);
        return std::move(m_view);
    }

private:
    void count(const TagNews& tag, const Digest& image)
    {
        if (tag.state == NewsState::Unknown || tag.state == NewsState::Gone) {
            const bool isGone = tag.state == NewsState::Gone;
            QList<LostTag>& lost = isGone ? m_view.gone : m_view.doubts;
            QHash<QString, qsizetype>& places = isGone ? m_gone : m_doubts;
            const auto known = places.constFind(tag.reference);
            if (known == places.cend()) {
                places.insert(tag.reference, lost.size());
                lost.append({tag, {image}});
            } else {
                addOnce(lost[*known].images, image);
            }
            return;
        }
        // A reference that many images stand on counts once.
        const std::pair key{tag.reference, tag.state};
        if (m_counted.contains(key))
            return;
        m_counted.insert(key);
        m_view.upToDate += tag.state == NewsState::UpToDate ? 1 : 0;
        m_view.notAsked += tag.state == NewsState::NotAsked ? 1 : 0;
    }

    void addTo(const TagNews& tag, BaseSource source, const Digest& image)
    {
        const std::pair key{tag.reference, tag.from};
        const auto known = m_places.constFind(key);
        if (known == m_places.cend()) {
            m_places.insert(key, m_view.bases.size());
            m_view.bases.append({tag, source, {image}});
            return;
        }
        addOnce(m_view.bases[*known].images, image);
    }

    //! One image comes after the other, so that only the last can be the same.
    static void addOnce(QList<Digest>& images, const Digest& image)
    {
        if (images.constLast() != image)
            images.append(image);
    }

    OutdatedView m_view;
    QSet<std::pair<QString, NewsState>> m_counted;
    QHash<std::pair<QString, Digest>, qsizetype> m_places; // of bases
    QHash<QString, qsizetype> m_doubts, m_gone;            // places, by reference
};

} // namespace

int OutdatedView::outdatedImages() const
{
    QSet<Digest> all;
    for (const OutdatedBase& base : bases)
        all.unite(QSet<Digest>(base.images.begin(), base.images.end()));
    for (const OutdatedName& name : names)
        all.insert(name.image);
    return static_cast<int>(all.size());
}

OutdatedView outdatedView(const QList<StoredImage>& images, const ImageNewsMap& news)
{
    ViewMaker maker;
    for (const StoredImage& image : images) {
        const auto found = news.constFind(image.target.digest);
        if (found != news.cend())
            maker.add(image.target.digest, *found);
    }
    return maker.make();
}

} // namespace Tagboat
