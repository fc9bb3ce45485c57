// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagenames.h"

#include <memory>
#include <mutex>
#include <vector>

namespace Tagboat {

//! An image with all that lists need of it, worked out once. Never changes after it is made.
struct ImageRow
{
    StoredImage image;
    QList<ShownName> names; //!< in order of display
    QByteArray platforms;   //!< in lower case: what filter words may match
    QByteArray foldedNames; //!< all of them, apart by line breaks
    QString platform;       //!< as the list shows it
    qint64 idOrder = 0;     //!< the ID's first digits, which decide its place
};
using ImageRowPtr = std::shared_ptr<const ImageRow>;

/*!
 * \brief The images of a snapshot, prepared for the models.
 *
 * Making it takes a while with thousands of images: do that on a worker, and hand it to the models on their
 * thread. Immutable, so that any thread may read it.
 */
class ImageRows
{
public:
    using Ptr = std::shared_ptr<const ImageRows>;
    //! Takes the rows of \a before over where nothing that a list shows differs, so that models see at a
    //! glance what is new.
    [[nodiscard]] static Ptr make(const QList<StoredImage>& images, const Ptr& before = {});

    [[nodiscard]] const QList<ImageRowPtr>& rows() const { return m_rows; }
    //! What images are called, by ID; for "shared with".
    [[nodiscard]] const QHash<Digest, QString>& titles() const { return m_titles; }
    //! For each row the places of its names when all are sorted. Takes its time when it is asked for first;
    //! any thread may.
    [[nodiscard]] const std::vector<std::vector<int>>& namePlaces() const;

private:
    QList<ImageRowPtr> m_rows;
    QHash<Digest, QString> m_titles;
    mutable std::once_flag m_sortOnce;
    mutable std::vector<std::vector<int>> m_namePlaces;
};

//! Order of names: by repository, then versions by their numbers, then other tags.
[[nodiscard]] bool nameLessThan(const ShownName& a, const ShownName& b);

/*!
 * \brief What both models of images offer to the proxy that sorts and filters them, without a QVariant on the
 * way.
 *
 * Rows are those at the top of the model.
 */
class ImageRowSource
{
public:
    virtual ~ImageRowSource() = default;
    [[nodiscard]] virtual const ImageRow& imageRow(int row) const = 0;
    //! The name the row stands for; null where it stands for all, or has none.
    [[nodiscard]] virtual const ShownName* nameOfRow(int row) const = 0;
    //! Names in rows below it.
    [[nodiscard]] virtual int namesBelow(int row) const = 0;
    [[nodiscard]] virtual const ShownName& nameBelow(int row, int child) const = 0;
    //! Places for sorting all rows by name (see ImageRows::namePlaces); untagged ones: -1.
    [[nodiscard]] virtual std::vector<int> namePlaces() const = 0;
};

} // namespace Tagboat
