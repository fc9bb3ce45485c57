// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <functional>

namespace Tagboat::Testing {

//! Writes a tar archive (ustar, pax for names that need it) piece by piece into a sink.
class TarWriter
{
public:
    using Sink = std::function<void(QByteArrayView)>;

    TarWriter(Sink sink, qint64 modified) : m_sink(std::move(sink)), m_modified(modified) { }

    void directory(const QByteArray& name);
    void symlink(const QByteArray& name, const QByteArray& target);
    void hardlink(const QByteArray& name, const QByteArray& target);
    //! \a write has to give exactly \a size bytes to the sink it is called with.
    void file(const QByteArray& name, qint64 size, const std::function<void(const Sink&)>& write);
    void finish(); //!< two empty blocks

private:
    void header(const QByteArray& name, char type, qint64 size, int mode, const QByteArray& linkTarget = {});
    void pad(qint64 size);

    Sink m_sink;
    qint64 m_modified;
};

} // namespace Tagboat::Testing
