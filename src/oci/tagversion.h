// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace Tagboat {

/*!
 * \brief A tag read as a version: `2.1.106`, `v1.4`, `3.13-slim`, `1.0.0-rc.1`.
 *
 * One to four numbers with an optional `v`, then an optional suffix. `-rc1`, `-alpha`, `-beta`, `-pre`,
 * `-dev` make a pre-release; any other suffix is a flavour (`-alpine`) that is compared only with its like.
 */
class TagVersion
{
public:
    [[nodiscard]] static std::optional<TagVersion> parse(QStringView tag);
    [[nodiscard]] bool isPrerelease() const { return m_prerelease; }
    //! The shorter tags that follow this version: 2.1.106 → 2.1, 2, latest; none for pre-releases; a `v` and
    //! a flavour are kept (v2.1-alpine → v2-alpine, no latest).
    [[nodiscard]] QStringList cascade() const;
    //! Those of cascade() that this version may carry along beside \a others, tags of the same repository: 2
    //! only moves to the highest 2.x, latest to the highest of all; pre-releases and other flavours do not
    //! count.
    [[nodiscard]] QStringList cascadeAmong(const QStringList& others) const;
    //! Orders versions by number, pre-release before release, then text.
    [[nodiscard]] static int compare(const TagVersion& a, const TagVersion& b);

    QList<qint64> numbers;
    QString prefix; //!< "v" or empty
    QString suffix; //!< without the dash

private:
    bool m_prerelease = false;
};

/*!
 * \brief A tag with its version read once, for sorting many.
 *
 * Natural order: versions by number (newest last), then other tags by text with numbers compared as numbers.
 */
class TagOrder
{
public:
    explicit TagOrder(QString tag) : m_tag(std::move(tag)), m_version(TagVersion::parse(m_tag)) { }
    [[nodiscard]] const QString& tag() const { return m_tag; }
    [[nodiscard]] const std::optional<TagVersion>& version() const { return m_version; }
    friend bool operator<(const TagOrder& a, const TagOrder& b);

private:
    QString m_tag;
    std::optional<TagVersion> m_version;
};

//! The order of TagOrder, for two of them.
[[nodiscard]] bool tagLessThan(const QString& a, const QString& b);

} // namespace Tagboat
