// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/markedsource.h"

namespace Tagboat {

namespace {

class MarkedSource : public ByteSource
{
public:
    MarkedSource(ByteSourcePtr source, std::shared_ptr<SourceFault> fault)
        : m_source(std::move(source)), m_fault(std::move(fault))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_source, m_fault, maxSize, std::move(stop));
    }
    qint64 size() const override { return m_source->size(); }
    std::optional<FileRange> file() const override { return m_source->file(); }
    bool skip(qint64 bytes) override { return m_source->skip(bytes); }

private:
    static Task<Result<QByteArray>> readFrom(ByteSourcePtr source, std::shared_ptr<SourceFault> fault,
                                             qint64 maxSize, std::stop_token stop)
    {
        auto piece = co_await source->read(maxSize, stop);
        if (!piece)
            fault->note(piece.error());
        co_return piece;
    }

    ByteSourcePtr m_source;
    std::shared_ptr<SourceFault> m_fault;
};

} // namespace

void SourceFault::note(Error& found)
{
    found.origin = Error::Origin::Source;
    if (found.code != Error::Code::Cancelled)
        error = found;
}

ByteSourcePtr marked(ByteSourcePtr source, std::shared_ptr<SourceFault> fault)
{
    return std::make_shared<MarkedSource>(std::move(source), std::move(fault));
}

} // namespace Tagboat
