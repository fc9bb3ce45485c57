// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace Tagboat {

/*!
 * \brief What a token is asked for, in the words of the distribution token spec:
 * `repository:alice/ui:pull,push`.
 *
 * Scopes of the same resource are merged; the order of first mention is kept, since some registries look at
 * the first scope only.
 */
class ScopeSet
{
public:
    ScopeSet() = default;
    explicit ScopeSet(const QStringList& scopes);
    //! The `scope` parameter of a challenge: several, separated by blanks.
    [[nodiscard]] static ScopeSet fromChallenge(const QString& parameter);

    void add(const QString& scope);
    void add(const ScopeSet& other);
    [[nodiscard]] bool isEmpty() const { return m_resources.isEmpty(); }
    //! Everything \a other asks for is asked for here.
    [[nodiscard]] bool covers(const ScopeSet& other) const;
    [[nodiscard]] QStringList toList() const; //!< one string a resource, as the token endpoint takes them
    [[nodiscard]] QString key() const;        //!< the same for equal sets, whatever the order

private:
    struct Resource
    {
        QString name; //!< with its type: "repository:alice/ui"
        QStringList actions;
    };
    QList<Resource> m_resources;
};

} // namespace Tagboat
