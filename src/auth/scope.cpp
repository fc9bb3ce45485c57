// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/scope.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

ScopeSet::ScopeSet(const QStringList& scopes)
{
    for (const QString& scope : scopes)
        add(scope);
}

ScopeSet ScopeSet::fromChallenge(const QString& parameter)
{
    return ScopeSet(parameter.split(u' ', Qt::SkipEmptyParts));
}

void ScopeSet::add(const QString& scope)
{
    // The name may hold host:port, so the actions stand after the last colon.
    const qsizetype last = scope.lastIndexOf(u':');
    if (last <= 0 || scope.indexOf(u':') == last)
        return;
    const QString name = scope.left(last);
    auto found = std::ranges::find(m_resources, name, &Resource::name);
    if (found == m_resources.end()) {
        m_resources.append(Resource{name, {}});
        found = m_resources.end() - 1;
    }
    const QStringList actions = scope.mid(last + 1).split(u',', Qt::SkipEmptyParts);
    for (const QString& action : actions) {
        if (!found->actions.contains(action))
            found->actions.append(action);
    }
}

void ScopeSet::add(const ScopeSet& other)
{
    const QStringList scopes = other.toList();
    for (const QString& scope : scopes)
        add(scope);
}

bool ScopeSet::covers(const ScopeSet& other) const
{
    return std::ranges::all_of(other.m_resources, [this](const Resource& wanted) {
        const auto own = std::ranges::find(m_resources, wanted.name, &Resource::name);
        if (own == m_resources.end())
            return false;
        return own->actions.contains("*"_L1)
            || std::ranges::all_of(wanted.actions,
                                   [&own](const QString& action) { return own->actions.contains(action); });
    });
}

QStringList ScopeSet::toList() const
{
    QStringList scopes;
    for (const Resource& resource : m_resources)
        scopes.append(resource.name + u':' + resource.actions.join(u','));
    return scopes;
}

QString ScopeSet::key() const
{
    QStringList scopes;
    for (Resource resource : m_resources) {
        resource.actions.sort();
        scopes.append(resource.name + u':' + resource.actions.join(u','));
    }
    scopes.sort();
    return scopes.join(u' ');
}

} // namespace Tagboat
