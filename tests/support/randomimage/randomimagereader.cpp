// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/randomimage.h"

#include <algorithm>

namespace Tagboat::Testing {

using namespace Qt::StringLiterals;

namespace {

// Nothing here suspends, so the members need no guard on `this`.
class RandomImageReader : public ContentReader
{
public:
    RandomImageReader(RandomImage image, QStringList names)
        : m_image(std::move(image)), m_names(std::move(names))
    { }

    Task<Result<Descriptor>> resolve(QString name, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return cancelled();
        const auto found = find(name);
        if (!found)
            co_return fail(Error::Code::NotFound, name, u"the random image has no such name"_s);
        co_return Result<Descriptor>(found->descriptor);
    }

    Task<Result<ManifestContent>> fetchManifest(QString name, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return cancelled();
        const auto found = find(name);
        if (!found)
            co_return fail(Error::Code::NotFound, name, u"the random image has no such manifest"_s);
        co_return Result<ManifestContent>(*found);
    }

    Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64 offset, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return cancelled();
        for (const RandomBlob& known : m_image.blobs) {
            if (known.descriptor.digest == blob.digest)
                co_return Result<ByteSourcePtr>(known.open(offset));
        }
        co_return fail(Error::Code::NotFound, blob.digest.toString(), u"the random image has no such blob"_s);
    }

private:
    std::optional<ManifestContent> find(const QString& name) const
    {
        if (m_names.contains(name) || name == m_image.target.digest.toString())
            return m_image.root();
        for (const ManifestContent& manifest : m_image.manifests) {
            if (manifest.descriptor.digest.toString() == name)
                return manifest;
        }
        return std::nullopt;
    }

    const RandomImage m_image;
    const QStringList m_names;
};

} // namespace

std::shared_ptr<ContentReader> RandomImage::reader(const QStringList& names) const
{
    return std::make_shared<RandomImageReader>(*this, names);
}

} // namespace Tagboat::Testing
