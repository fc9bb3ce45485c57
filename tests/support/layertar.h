// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/randomimage/tarwriter.h"

#include <QByteArray>
#include <QtClassHelperMacros>

namespace Tagboat::Testing {

//! A layer as a test writes it down; layerOf() makes one of an image from it.
class LayerTar
{
public:
    //! All of it was \a modified then, in seconds since 1970.
    explicit LayerTar(qint64 modified = 1'760'000'000)
        : m_writer([this](QByteArrayView bytes) { m_bytes += bytes; }, modified)
    { }
    Q_DISABLE_COPY_MOVE(LayerTar)

    LayerTar& folder(const QByteArray& name)
    {
        m_writer.directory(name + '/');
        return *this;
    }
    LayerTar& file(const QByteArray& name, const QByteArray& content)
    {
        m_writer.file(name, content.size(), [&content](const TarWriter::Sink& sink) { sink(content); });
        return *this;
    }
    LayerTar& link(const QByteArray& name, const QByteArray& target)
    {
        m_writer.symlink(name, target);
        return *this;
    }
    //! What lower layers have at \a path is gone (image-spec layer.md "Whiteouts").
    LayerTar& whiteout(const QByteArray& path)
    {
        const auto slash = path.lastIndexOf('/');
        return file(path.first(slash + 1) + ".wh." + path.sliced(slash + 1), {});
    }
    QByteArray take()
    {
        m_writer.finish();
        return m_bytes;
    }

private:
    QByteArray m_bytes;
    TarWriter m_writer;
};

} // namespace Tagboat::Testing
