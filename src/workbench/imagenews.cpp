// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/imagenews.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

bool hasMovedOn(const TagNews& tag)
{
    return tag.state == NewsState::MovedOn;
}

} // namespace

QLatin1StringView toString(NewsState state)
{
    switch (state) {
    case NewsState::NotAsked:
        return "not-asked"_L1;
    case NewsState::UpToDate:
        return "up-to-date"_L1;
    case NewsState::MovedOn:
        return "moved-on"_L1;
    case NewsState::Gone:
        return "gone"_L1;
    case NewsState::Unknown:
        return "unknown"_L1;
    }
    return {};
}

NewsState BaseNews::state() const
{
    for (const auto state : {NewsState::MovedOn, NewsState::Unknown, NewsState::UpToDate, NewsState::Gone}) {
        if (std::ranges::contains(tags, state, &TagNews::state))
            return state;
    }
    return NewsState::NotAsked;
}

bool ImageNews::isBaseOutdated() const
{
    return std::ranges::contains(bases, NewsState::MovedOn, &BaseNews::state);
}

bool ImageNews::isNewerInRegistry() const
{
    return std::ranges::any_of(tags, hasMovedOn);
}

bool ImageNews::isNewerInRegistry(const QString& canonicalName) const
{
    return std::ranges::any_of(
        tags, [&](const TagNews& tag) { return hasMovedOn(tag) && tag.reference == canonicalName; });
}

QDateTime ImageNews::checked() const
{
    QDateTime last;
    const auto look = [&last](const QList<TagNews>& all) {
        for (const TagNews& tag : all) {
            if (tag.checked.isValid() && (!last.isValid() || tag.checked > last))
                last = tag.checked;
        }
    };
    look(tags);
    for (const BaseNews& base : bases)
        look(base.tags);
    return last;
}

bool operator==(const TagNews& a, const TagNews& b)
{
    const auto text = [](const std::optional<Error>& error) { return error ? error->toString() : QString(); };
    return a.reference == b.reference && a.state == b.state && a.from == b.from && a.to == b.to
        && a.checked == b.checked && a.doubt == b.doubt && text(a.error) == text(b.error);
}

bool operator==(const BaseNews& a, const BaseNews& b)
{
    return a.source == b.source && a.name == b.name && a.digest == b.digest && a.layers == b.layers
        && a.platforms == b.platforms && a.tags == b.tags;
}

bool operator==(const ImageNews& a, const ImageNews& b)
{
    return a.bases == b.bases && a.tags == b.tags;
}

} // namespace Tagboat
