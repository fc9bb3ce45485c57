// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagerows.h"

#include "models/imagecolumns.h"
#include "oci/tagversion.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

ImageRowPtr rowOf(const StoredImage& image)
{
    auto row = std::make_shared<ImageRow>();
    row->image = image;
    row->names = shownNames(image);
    for (const StoredPlatform& entry : image.platforms)
        row->platforms += entry.platform.toString().toLower().toUtf8() + ' ';
    for (const ShownName& name : std::as_const(row->names))
        row->foldedNames += name.folded + '\n';
    row->foldedNames.squeeze();
    row->platform = platformSummary(image);
    const QString id = image.id.hex();
    row->idOrder = id.first(qMin<qsizetype>(15, id.size())).toLongLong(nullptr, 16);
    return row;
}

QString titleOf(const ImageRow& row)
{
    return !row.names.isEmpty() ? row.names.front().familiar
        : isAttached(row.image) ? namelessText(row.image)
                                : row.image.id.shortHex();
}

//! A name with its tag read once, and where it belongs.
struct SortedName
{
    const ShownName* name = nullptr;
    TagOrder tag;
    std::size_t row = 0;
    std::size_t position = 0;
};

} // namespace

ImageRows::Ptr ImageRows::make(const QList<StoredImage>& images, const Ptr& before)
{
    QHash<Digest, ImageRowPtr> known;
    if (before) {
        known.reserve(before->m_rows.size());
        for (const ImageRowPtr& row : before->m_rows)
            known.insert(row->image.target.digest, row);
    }
    auto made = std::make_shared<ImageRows>();
    made->m_rows.reserve(images.size());
    made->m_titles.reserve(images.size());
    for (const StoredImage& image : images) {
        const ImageRowPtr old = known.value(image.target.digest);
        made->m_rows.append(old && looksSame(old->image, image) ? old : rowOf(image));
        made->m_titles.insert(image.id, titleOf(*made->m_rows.last()));
    }
    return made;
}

const std::vector<std::vector<int>>& ImageRows::namePlaces() const
{
    std::call_once(m_sortOnce, [this] {
        std::vector<SortedName> names;
        m_namePlaces.resize(std::size_t(m_rows.size()));
        for (std::size_t row = 0; row < m_namePlaces.size(); ++row) {
            const auto& ofRow = m_rows[qsizetype(row)]->names;
            m_namePlaces[row].resize(std::size_t(ofRow.size()));
            for (qsizetype i = 0; i < ofRow.size(); ++i)
                names.push_back({&ofRow[i], TagOrder(ofRow[i].tag), row, std::size_t(i)});
        }
        std::ranges::sort(names, [](const SortedName& a, const SortedName& b) {
            const int order = a.name->repository.compare(b.name->repository);
            return order != 0 ? order < 0 : a.tag < b.tag;
        });
        for (std::size_t place = 0; place < names.size(); ++place)
            m_namePlaces[names[place].row][names[place].position] = int(place);
    });
    return m_namePlaces;
}

bool nameLessThan(const ShownName& a, const ShownName& b)
{
    const int order = a.repository.compare(b.repository);
    return order != 0 ? order < 0 : tagLessThan(a.tag, b.tag);
}

} // namespace Tagboat
