// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/requests.h"

#include <algorithm>

namespace Tagboat {

namespace {

IdentityQuestion questionOf(const Reference& reference, RepositoryUse use)
{
    return {.registry = reference.registry(), .repository = reference.repository(), .use = use};
}

} // namespace

IdentityQuestion PushTarget::question() const
{
    return questionOf(destination, RepositoryUse::Push);
}

IdentityQuestion PushRequest::question() const
{
    return questionOf(destination, RepositoryUse::Push);
}

IdentityQuestion PullRequest::question() const
{
    return questionOf(source, RepositoryUse::Pull);
}

IdentityQuestion ArchivePushRequest::question() const
{
    return questionOf(destination, RepositoryUse::Push);
}

QList<PushTarget> PushRequest::targets() const
{
    QList<PushTarget> targets{{destination, moreTags, profile}};
    for (const PushTarget& target : further) {
        const auto known = std::ranges::find_if(targets, [&target](const PushTarget& other) {
            return other.destination.registry() == target.destination.registry()
                && other.destination.repository() == target.destination.repository()
                && other.profile == target.profile;
        });
        if (known == targets.end()) {
            targets.append(target);
            continue;
        }
        if (!target.destination.tag().isEmpty())
            known->moreTags.append(target.destination.tag());
        known->moreTags += target.moreTags;
    }
    return targets;
}

QList<PushRequest> PushRequest::apart() const
{
    QList<PushRequest> requests;
    const QList<PushTarget> all = targets();
    for (const PushTarget& target : all) {
        PushRequest request = *this;
        request.destination = target.destination;
        request.moreTags = target.moreTags;
        request.profile = target.profile;
        request.further.clear();
        requests.append(request);
    }
    return requests;
}

} // namespace Tagboat
