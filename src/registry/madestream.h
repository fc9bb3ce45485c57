// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "content/verify.h"

#include <deque>
#include <optional>

namespace Tagboat {

/*!
 * \brief Bytes that are made as they are read, of which the last ones are kept, so that a line that broke
 * takes them once more.
 *
 * What is further back is made anew from the beginning. Hashed on the way, all of it, wherever reading
 * begins. On the engine thread; one making and one reading may be under way.
 */
struct MadeStream
{
    MadeStream(StreamedBlob blob, qint64 bytesKept) : what(std::move(blob)), window(bytesKept) { }

    const StreamedBlob what;
    qint64 window; //!< at least so many of the last bytes are kept
    std::shared_ptr<HashingSource> source;
    std::deque<QByteArray> kept;
    qint64 keptFrom = 0; //!< where the first of them stands
    qint64 madeTo = 0;
    bool isAtEnd = false;
    std::optional<Error> fault; //!< of making them: no matter of whoever takes them

    //! Of all of it, once the end was made.
    [[nodiscard]] Descriptor descriptor() const;
};
using MadeStreamPtr = std::shared_ptr<MadeStream>;

//! Makes what is needed for reading from \a offset; false where the bytes end before it.
[[nodiscard]] Task<Result<bool>> prepareFrom(MadeStreamPtr stream, qint64 offset, std::stop_token stop);
//! Makes all up to \a end, or to the stream's end. No more than the window may be unread then.
[[nodiscard]] Task<Result<void>> makeUpTo(MadeStreamPtr stream, qint64 end, std::stop_token stop);
//! From \a offset on, which prepareFrom() was called for, to the end.
[[nodiscard]] ByteSourcePtr readFrom(MadeStreamPtr stream, qint64 offset);

} // namespace Tagboat
