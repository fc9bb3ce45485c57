// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/reference.h"
#include "store/storenames.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qsizetype ShortestPrefix = 4;
constexpr qsizetype MostCandidatesTold = 10;

struct Candidate
{
    Descriptor target;
    Digest id;
    QStringList names;
};

QString told(const QList<Candidate>& candidates)
{
    QStringList lines;
    for (const Candidate& candidate : candidates.first(std::min(candidates.size(), MostCandidatesTold))) {
        QString line = candidate.target.digest.toString();
        if (!candidate.names.isEmpty())
            line += u" (" + candidate.names.join(u", ") + u')';
        lines.append(line);
    }
    if (candidates.size() > MostCandidatesTold)
        lines.append(u"…"_s);
    return lines.join(u"; ");
}

Result<Descriptor> onlyOne(const QList<Candidate>& candidates, const QString& text)
{
    if (candidates.isEmpty())
        return fail(Error::Code::NotFound, text, u"no image of the store is called so"_s);
    const auto isSame = [&](const Candidate& candidate) {
        return candidate.target.digest == candidates.first().target.digest;
    };
    if (!std::ranges::all_of(candidates, isSame)) {
        return fail(Error::Code::Conflict, text,
                    u"several images of the store are meant: %1"_s.arg(told(candidates)));
    }
    return candidates.first().target;
}

//! The tags of layouts whose entries also have a full name ("3.20" beside "docker.io/library/alpine:3.20").
QList<Candidate> byRefName(const OciLayoutIndex& index, const QString& text)
{
    QList<Candidate> candidates;
    for (const OciLayoutIndex::Entry& entry : index.entries()) {
        if (entry.target && entry.refName == text)
            candidates.append({*entry.target, {}, {entry.name}});
    }
    return candidates;
}

//! True where \a digest is meant by \a text: whole, or its beginning with or without the algorithm.
bool isMeant(const Digest& digest, QStringView text)
{
    return !digest.isNull()
        && (digest.toString() == text || digest.hex().startsWith(text)
            || (text.contains(u':') && digest.toString().startsWith(text)));
}

bool isPrefix(QStringView text)
{
    const QStringView hex = text.sliced(text.indexOf(u':') + 1);
    return hex.size() >= ShortestPrefix && std::ranges::all_of(hex, [](QChar character) {
               return (character >= u'0' && character <= u'9') || (character >= u'a' && character <= u'f');
           });
}

QList<Candidate> imagesByDigest(const ImageGraph& graph, QStringView text)
{
    QList<Candidate> candidates;
    for (const ImageRoot& root : graph.roots()) {
        if (isMeant(root.target.digest, text) || isMeant(root.id, text))
            candidates.append({root.target, root.id, root.names});
    }
    return candidates;
}

//! The platforms of indexes, by their manifest's digest or their image ID.
QList<Candidate> platformsByDigest(StoreCore& core, const ImageGraph& graph, QStringView text)
{
    QList<Candidate> candidates;
    for (const ImageRoot& root : graph.roots()) {
        for (const int number : root.documents) {
            Descriptor target;
            target.digest = graph.digestOf(number);
            const auto document = graph.isPresent(target) ? core.documents.document(target)
                                                          : Result<StoredDocumentPtr>(nullptr);
            if (!document || !*document)
                continue;
            const Digest id = (*document)->isImage ? (*document)->config.digest : Digest();
            if (!isMeant(target.digest, text) && !isMeant(id, text))
                continue;
            target.size = graph.bytesOf(number);
            target.mediaType = (*document)->mediaType;
            candidates.append({target, id, root.names});
        }
    }
    return candidates;
}

} // namespace

Result<Descriptor> resolveImage(StoreCore& core, const QString& nameOrId)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto index = readIndex(core.files);
    if (!index)
        return std::unexpected(index.error());
    if (nameOrId.isEmpty())
        return fail(Error::Code::InvalidInput, nameOrId, u"no name given"_s);
    if (const auto* entry = entryNamed(*index, nameOrId))
        return *entry->target;
    if (const auto tagged = byRefName(*index, nameOrId); !tagged.isEmpty())
        return onlyOne(tagged, nameOrId);

    // With a digest the digest decides, whatever name stands before it.
    const auto reference = Reference::parse(nameOrId);
    const bool hasDigest = reference && !reference->digest().isNull();
    const QString text = hasDigest ? reference->digest().toString() : nameOrId;
    if (!isPrefix(text))
        return onlyOne({}, nameOrId);
    const auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(view.error());
    if (const auto images = imagesByDigest(view->graph, text); !images.isEmpty())
        return onlyOne(images, nameOrId);
    return onlyOne(platformsByDigest(core, view->graph, text), nameOrId);
}

} // namespace Tagboat
