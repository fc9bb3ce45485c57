// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/namechange.h"

#include "store/layoutfiles.h"

namespace Tagboat {

namespace {

thread_local NameCause s_cause = NameCause::Other;

} // namespace

NameCauseScope::NameCauseScope(NameCause cause) : m_outer(s_cause)
{
    if (s_cause == NameCause::Other)
        s_cause = cause;
}

NameCauseScope::~NameCauseScope()
{
    s_cause = m_outer;
}

NameCause NameCauseScope::current()
{
    return s_cause;
}

void NameWatch::observe(NameObserver observer)
{
    const std::scoped_lock lock(m_mutex);
    m_observer = std::move(observer);
}

void NameWatch::tell(const QList<NameChange>& changes)
{
    const std::scoped_lock lock(m_mutex);
    if (m_observer && !changes.isEmpty())
        m_observer({NameCauseScope::current(), changes});
}

} // namespace Tagboat
