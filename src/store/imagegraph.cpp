// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/imagegraph.h"

#include "oci/mediatype.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

ImageGraph ImageGraph::build(const OciLayoutIndex& index, BlobListing blobs, DocumentCache& documents)
{
    ImageGraph graph;
    graph.m_blobs = std::move(blobs);
    graph.addRoots(index);
    for (ImageRoot& root : graph.m_roots)
        graph.walk(root, documents);
    graph.findHosts();
    return graph;
}

std::optional<Error> ImageGraph::readingProblem() const
{
    for (const Error& problem : m_problems) {
        if (problem.code == Error::Code::Io)
            return problem;
    }
    return std::nullopt;
}

qint64 ImageGraph::bytesOf(int blob) const
{
    return m_blobs.value(m_digests.at(blob)).size;
}

bool ImageGraph::isPresent(const Descriptor& blob) const
{
    const auto there = m_blobs.constFind(blob.digest);
    return there != m_blobs.constEnd() && (blob.size < 0 || there->size == blob.size);
}

std::vector<bool> ImageGraph::marksOf(const std::vector<bool>& chosen) const
{
    std::vector<bool> marks(m_digests.size());
    for (size_t i = 0; i < m_roots.size(); ++i) {
        if (!chosen[i])
            continue;
        for (const int blob : m_roots[i].blobs)
            marks[blob] = true;
        for (const int blob : m_roots[i].subjects)
            marks[blob] = true;
    }
    return marks;
}

std::vector<bool> ImageGraph::withDependents(std::vector<bool> roots) const
{
    bool isGrowing = true;
    while (isGrowing) {
        isGrowing = false;
        for (size_t i = 0; i < m_roots.size(); ++i) {
            const auto& hosts = m_roots[i].hosts;
            if (roots[i] || hosts.empty())
                continue;
            if (std::ranges::all_of(hosts, [&](int host) { return roots[host]; })) {
                roots[i] = true;
                isGrowing = true;
            }
        }
    }
    return roots;
}

std::vector<bool> ImageGraph::rootsOf(const Digest& id) const
{
    std::vector<bool> chosen(m_roots.size());
    for (size_t i = 0; i < m_roots.size(); ++i)
        chosen[i] = m_roots[i].id == id || m_roots[i].target.digest == id;
    return chosen;
}

std::vector<bool> ImageGraph::heldRoots() const
{
    std::vector<bool> held(m_roots.size());
    for (size_t i = 0; i < m_roots.size(); ++i)
        held[i] = m_roots[i].isHeld;
    return held;
}

void ImageGraph::addRoots(const OciLayoutIndex& index)
{
    QHash<Digest, size_t> known;
    for (const OciLayoutIndex::Entry& entry : index.entries()) {
        if (!entry.target)
            continue;
        const Digest& digest = entry.target->digest;
        if (!known.contains(digest)) {
            known.insert(digest, m_roots.size());
            m_roots.emplace_back().target = *entry.target;
        }
        if (!entry.name.isEmpty())
            m_roots[known.value(digest)].names.append(entry.name);
    }
    for (ImageRoot& root : m_roots)
        root.names.sort();
}

void ImageGraph::walk(ImageRoot& root, DocumentCache& documents)
{
    ++m_walk;
    std::vector<Descriptor> subjects;
    follow(root.target, documents, root.documents, root.blobs, &subjects);
    root.document = read(root.target, documents);
    root.id = root.document && root.document->isImage ? root.document->config.digest : root.target.digest;
    // Subjects of subjects are followed where they are found, in `follow`'s own stack.
    std::vector<int> ignored;
    for (const Descriptor& subject : subjects)
        follow(subject, documents, ignored, root.subjects, nullptr);
}

//! Collects \a start and what it leads to, skipping what this walk has seen already. Subjects go to \a
//! subjects, or, where that is null, are followed too.
void ImageGraph::follow(const Descriptor& start, DocumentCache& documents, std::vector<int>& documentsFound,
                        std::vector<int>& found, std::vector<Descriptor>* subjects)
{
    const auto isNew = [&](const Digest& digest) {
        const int blob = number(digest);
        if (m_seen[blob] == m_walk)
            return false;
        m_seen[blob] = m_walk;
        found.push_back(blob);
        return true;
    };
    std::vector<Descriptor> waiting = {start};
    while (!waiting.empty()) {
        const Descriptor next = std::move(waiting.back());
        waiting.pop_back();
        if (!isNew(next.digest))
            continue;
        documentsFound.push_back(number(next.digest));
        const auto document = read(next, documents);
        if (!document)
            continue;
        if (document->kind == StoredDocument::Kind::Manifest) {
            isNew(document->config.digest);
            for (const Descriptor& layer : document->layers)
                isNew(layer.digest);
        }
        waiting.insert(waiting.end(), document->children.rbegin(), document->children.rend());
        for (const Digest& digest : document->mentioned) {
            const auto isThis = [&](const Descriptor& child) { return child.digest == digest; };
            if (std::ranges::none_of(document->children, isThis))
                isNew(digest);
        }
        if (document->subject)
            (subjects ? *subjects : waiting).push_back(*document->subject);
    }
}

StoredDocumentPtr ImageGraph::read(const Descriptor& descriptor, DocumentCache& documents)
{
    if (!m_blobs.contains(descriptor.digest) || m_unreadable.contains(descriptor.digest))
        return nullptr;
    const bool isKnown =
        MediaType::isManifest(descriptor.mediaType) || MediaType::isIndex(descriptor.mediaType);
    if (!isKnown && descriptor.size > MaxManifestSize) // somebody's file, listed in index.json as it is
        return nullptr;
    auto document = documents.document(descriptor);
    if (document)
        return *document;
    m_unreadable.insert(descriptor.digest);
    m_problems.append(std::move(document.error()));
    return nullptr;
}

int ImageGraph::number(const Digest& digest)
{
    const int next = static_cast<int>(m_digests.size());
    const int number = m_numbers.value(digest, next);
    if (number == next) {
        m_numbers.insert(digest, next);
        m_digests.append(digest);
        m_seen.push_back(0);
    }
    return number;
}

void ImageGraph::findHosts()
{
    QHash<int, std::vector<int>> holders; // document → roots
    for (size_t i = 0; i < m_roots.size(); ++i) {
        for (const int document : m_roots[i].documents)
            holders[document].push_back(static_cast<int>(i));
    }
    for (size_t i = 0; i < m_roots.size(); ++i) {
        ImageRoot& root = m_roots[i];
        root.isHeld = !root.names.isEmpty();
        if (root.isHeld)
            continue;
        const auto add = [&](const Digest& digest, bool isPart) {
            const auto found = holders.constFind(numberOf(digest));
            if (found == holders.constEnd())
                return;
            for (const int holder : *found) {
                if (holder != static_cast<int>(i)) {
                    root.hosts.push_back(holder);
                    root.isPart = root.isPart || isPart;
                }
            }
        };
        add(root.target.digest, true);
        if (root.document && root.document->subject)
            add(root.document->subject->digest, false);
    }
    bool isGrowing = true;
    while (isGrowing) {
        isGrowing = false;
        for (ImageRoot& root : m_roots) {
            const auto isHeld = [&](int host) { return m_roots[host].isHeld; };
            if (!root.isHeld && std::ranges::any_of(root.hosts, isHeld)) {
                root.isHeld = true;
                isGrowing = true;
            }
        }
    }
}

QSet<Digest> reachOf(const Descriptor& target, DocumentCache& documents)
{
    QSet<Digest> found;
    QSet<Digest> mentioned; // apart, so that a child that is also mentioned is followed
    std::vector<Descriptor> waiting = {target};
    while (!waiting.empty()) {
        const Descriptor next = std::move(waiting.back());
        waiting.pop_back();
        if (found.contains(next.digest))
            continue;
        found.insert(next.digest);
        const auto document = documents.document(next);
        if (!document)
            continue;
        if ((*document)->kind == StoredDocument::Kind::Manifest) {
            found.insert((*document)->config.digest);
            for (const Descriptor& layer : (*document)->layers)
                found.insert(layer.digest);
        }
        waiting.insert(waiting.end(), (*document)->children.cbegin(), (*document)->children.cend());
        if ((*document)->subject)
            waiting.push_back(*(*document)->subject);
        mentioned.unite(QSet<Digest>((*document)->mentioned.cbegin(), (*document)->mentioned.cend()));
    }
    return found.unite(mentioned);
}

} // namespace Tagboat
