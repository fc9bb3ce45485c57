// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/documentcache.h"
#include "store/ocilayoutindex.h"

#include <QSet>

#include <vector>

namespace Tagboat {

//! A digest of index.json with everything it leads to. Blobs are numbered by their graph.
struct ImageRoot
{
    Descriptor target;
    QStringList names;          //!< sorted
    Digest id;                  //!< what people call the image by: see StoredImage::id
    StoredDocumentPtr document; //!< null where it is missing or cannot be read
    std::vector<int> documents; //!< itself and, of an index, all manifests below it
    std::vector<int> blobs;     //!< documents, configs and layers, each once
    std::vector<int> subjects;  //!< what only `subject` fields lead to
    //! Of a nameless root: the roots it stands and falls with, being a child of their index or a referrer to
    //! them.
    std::vector<int> hosts;
    bool isPart = false; //!< nameless, and a child of a host: no image of its own
    bool isHeld = false; //!< a name leads to it, its own or a host's
};

/*!
 * \brief Who needs which blob: the layout's index, manifests and listing put together.
 *
 * Made under the store's lock and true while that is held. Missing documents are simply ends (a platform that
 * was not pulled); ones that cannot be read are ends with a warning.
 */
class ImageGraph
{
public:
    [[nodiscard]] static ImageGraph build(const OciLayoutIndex& index, BlobListing blobs,
                                          DocumentCache& documents);

    [[nodiscard]] const std::vector<ImageRoot>& roots() const { return m_roots; }
    [[nodiscard]] const QList<Error>& problems() const { return m_problems; }
    //! The first problem that says nothing about the document, only that it could not be read now. Sweeping
    //! with such a gap in sight would be a gamble.
    [[nodiscard]] std::optional<Error> readingProblem() const;

    [[nodiscard]] int blobCount() const { return static_cast<int>(m_digests.size()); }
    [[nodiscard]] const Digest& digestOf(int blob) const { return m_digests.at(blob); }
    [[nodiscard]] int numberOf(const Digest& digest) const { return m_numbers.value(digest, -1); }
    //! Bytes on the disk; 0 for a blob that is not here.
    [[nodiscard]] qint64 bytesOf(int blob) const;
    //! Here with the right size (any, where the descriptor does not know).
    [[nodiscard]] bool isPresent(const Descriptor& blob) const;
    [[nodiscard]] const BlobListing& listing() const { return m_blobs; }

    //! One flag a blob: what the chosen roots lead to, subjects included. \a chosen has a flag a root.
    [[nodiscard]] std::vector<bool> marksOf(const std::vector<bool>& chosen) const;
    //! Flags of the roots of these targets, and of the nameless ones that fall with them.
    [[nodiscard]] std::vector<bool> withDependents(std::vector<bool> roots) const;
    //! Flags of the roots whose ID or digest is \a id.
    [[nodiscard]] std::vector<bool> rootsOf(const Digest& id) const;
    [[nodiscard]] std::vector<bool> heldRoots() const;

private:
    void addRoots(const OciLayoutIndex& index);
    void walk(ImageRoot& root, DocumentCache& documents);
    void follow(const Descriptor& start, DocumentCache& documents, std::vector<int>& documentsFound,
                std::vector<int>& found, std::vector<Descriptor>* subjects);
    StoredDocumentPtr read(const Descriptor& descriptor, DocumentCache& documents);
    int number(const Digest& digest);
    void findHosts();

    std::vector<ImageRoot> m_roots;
    BlobListing m_blobs;
    QList<Digest> m_digests;
    QHash<Digest, int> m_numbers;
    std::vector<int> m_seen; // the last walk that came by each blob
    int m_walk = 0;
    QSet<Digest> m_unreadable;
    QList<Error> m_problems;
};

//! All that \a target leads to, itself included, as far as its documents are here: what a manifest being
//! pushed needs.
[[nodiscard]] QSet<Digest> reachOf(const Descriptor& target, DocumentCache& documents);

} // namespace Tagboat
