// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/retention.h"

#include "oci/reference.h"
#include "oci/referenceglob.h"
#include "oci/tagversion.h"

#include <algorithm>
#include <functional>
#include <map>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Nothing was packed into an image before there were any; builds that are to come out the same every time
//! say 1970 or 1980.
bool tellsItsAge(const QDateTime& created)
{
    return created.isValid() && created.date().year() >= 2000;
}

//! A word of a suffix that marks a pre-release, glued to the number or not.
bool marksPrerelease(QStringView word)
{
    const auto dashed = TagVersion::parse(QString(u"1-"_s + word));
    const auto glued = TagVersion::parse(QString(u"1"_s + word));
    return (dashed && dashed->isPrerelease()) || (glued && glued->isPrerelease());
}

//! What versions have in common that follow each other: "alpine" of 3.13-alpine3.20, nothing of 1.2-rc.1.
QString flavourOf(const TagVersion& version)
{
    QStringList words;
    for (const QStringView word : QStringView(version.suffix).split(u'-')) {
        if (version.isPrerelease() && marksPrerelease(word))
            continue;
        QString letters;
        for (const QChar character : word) {
            if (!character.isDigit() && character != u'.')
                letters.append(character);
        }
        if (!letters.isEmpty())
            words.append(letters);
    }
    return words.join(u'-');
}

struct Candidate
{
    const JudgedName* name = nullptr;
    std::optional<TagVersion> version = {};
    bool isLatest = false;
};

//! The versions of one flavour of one repository, newest first, and the tags that move with them.
struct Line
{
    std::vector<Candidate> versions;
    std::vector<Candidate> moving;

    void arrange()
    {
        std::ranges::stable_sort(versions, [](const Candidate& a, const Candidate& b) {
            return TagVersion::compare(*a.version, *b.version) > 0;
        });
        QSet<QList<qint64>> beginnings;
        for (const Candidate& candidate : versions) {
            const QList<qint64>& numbers = candidate.version->numbers;
            for (qsizetype count = 1; count < numbers.size(); ++count)
                beginnings.insert(numbers.first(count));
        }
        const auto isMoving = [&](const Candidate& candidate) {
            return !candidate.version->isPrerelease() && beginnings.contains(candidate.version->numbers);
        };
        const auto rest = std::ranges::stable_partition(versions, std::not_fn(isMoving));
        moving.assign(rest.begin(), rest.end());
        versions.erase(rest.begin(), rest.end());
    }

    //! The images whose names stay for being among the last \a count.
    [[nodiscard]] QSet<Digest> kept(int count) const
    {
        QSet<Digest> releases;
        QSet<Digest> prereleases;
        for (const Candidate& candidate : versions) {
            const bool isPre = candidate.version->isPrerelease();
            if (isPre && !releases.isEmpty())
                continue; // the release it was for is out, or a later one
            QSet<Digest>& images = isPre ? prereleases : releases;
            if (images.size() < count)
                images.insert(candidate.name->target);
        }
        return releases.unite(prereleases);
    }
};

//! The names of one repository, judged by version.
class Repository
{
public:
    void add(const JudgedName& name, const Reference& reference)
    {
        Candidate candidate{&name, TagVersion::parse(reference.tag()), reference.tag() == "latest"_L1};
        if (!candidate.version) {
            m_others.push_back(candidate);
            return;
        }
        m_lines[flavourOf(*candidate.version)].versions.push_back(candidate);
    }

    void judge(const CleanUpRules& rules, QSet<QString>& going)
    {
        QSet<Digest> kept;
        QSet<Digest> versions;
        for (auto& [flavour, line] : m_lines) {
            line.arrange();
            kept.unite(line.kept(rules.keepLast));
            for (const Candidate& candidate : line.versions)
                versions.insert(candidate.name->target);
        }
        const auto letGo = [&](const Candidate& candidate) {
            if (!kept.contains(candidate.name->target))
                going.insert(candidate.name->name);
        };
        for (const auto& [flavour, line] : m_lines) {
            std::ranges::for_each(line.versions, letGo);
            for (const Candidate& candidate : line.moving) {
                if (versions.contains(candidate.name->target))
                    letGo(candidate);
            }
        }
        if (rules.keepLastOfOtherTags)
            judgeOthers(rules.keepLast, kept, letGo);
    }

private:
    template<typename LetGo>
    void judgeOthers(int count, QSet<Digest>& kept, const LetGo& letGo)
    {
        const auto age = [](const Candidate& candidate) {
            return tellsItsAge(candidate.name->created) ? candidate.name->created : candidate.name->pulled;
        };
        std::ranges::stable_sort(m_others, std::ranges::greater(), age);
        QSet<Digest> newest;
        for (const Candidate& candidate : m_others) {
            if (!candidate.isLatest && newest.size() < count)
                newest.insert(candidate.name->target);
        }
        kept.unite(newest);
        for (const Candidate& candidate : m_others) {
            if (!candidate.isLatest)
                letGo(candidate);
        }
    }

    std::map<QString, Line> m_lines; //!< by flavour
    std::vector<Candidate> m_others;
};

bool isOld(const JudgedName& name, const CleanUpRules& rules, const QDateTime& now)
{
    const bool byConfig = rules.ageBy == CleanUpRules::Age::Made && tellsItsAge(name.created);
    const QDateTime& since = byConfig ? name.created : name.pulled;
    return since.isValid() && since.addSecs(rules.olderThan->count()) < now;
}

} // namespace

Digest subjectInTag(const Reference& reference)
{
    const QString& tag = reference.tag();
    const auto dash = tag.indexOf(u'-');
    if (dash < 0)
        return {};
    const auto end = tag.indexOf(u'.', dash);
    const QString hex = tag.mid(dash + 1, end < 0 ? -1 : end - dash - 1);
    return Digest::parse(QString(tag.first(dash) + u':' + hex)).value_or(Digest());
}

QHash<QString, CleanUpReasons> namesToGo(const QList<JudgedName>& names, const CleanUpRules& rules,
                                         const QDateTime& now)
{
    QHash<QString, CleanUpReasons> going;
    if (!rules.olderThan && rules.keepLast <= 0)
        return going;

    QSet<Digest> targets;
    for (const JudgedName& name : names)
        targets.insert(name.target);
    std::map<QString, Repository> repositories;
    QHash<QString, QString> familiar;
    QHash<QString, Digest> subjects; // of names that say what they are about, where that is here
    for (const JudgedName& name : names) {
        const auto reference = Reference::parse(name.name);
        if (!reference)
            continue;
        familiar.insert(name.name, reference->familiar());
        const Digest subject = subjectInTag(*reference);
        if (!subject.isNull() && targets.contains(subject))
            subjects.insert(name.name, subject);
        else
            repositories[reference->registry() + u'/' + reference->repository()].add(name, *reference);
    }
    QSet<QString> oldVersions;
    if (rules.keepLast > 0) {
        for (auto& [path, repository] : repositories)
            repository.judge(rules, oldVersions);
    }

    QHash<Digest, CleanUpReasons> gone; // images without a name that stays
    QSet<Digest> staying;
    for (const JudgedName& name : names) {
        if (subjects.contains(name.name))
            continue;
        CleanUpReasons reasons;
        if (rules.olderThan && isOld(name, rules, now))
            reasons |= CleanUpReason::Older;
        if (oldVersions.contains(name.name))
            reasons |= CleanUpReason::OldVersion;
        const bool isAgreed = (!rules.olderThan || reasons.testFlag(CleanUpReason::Older))
            && (rules.keepLast <= 0 || reasons.testFlag(CleanUpReason::OldVersion));
        const bool matches = rules.reference.isEmpty()
            || matchesReference(rules.reference, familiar.value(name.name, name.name));
        if (isAgreed && matches) {
            going.insert(name.name, reasons);
            gone[name.target] |= reasons;
        } else {
            staying.insert(name.target);
        }
    }
    for (auto subject = subjects.cbegin(); subject != subjects.cend(); ++subject) {
        if (gone.contains(*subject) && !staying.contains(*subject))
            going.insert(subject.key(), CleanUpReason::Attached);
    }
    return going;
}

} // namespace Tagboat
