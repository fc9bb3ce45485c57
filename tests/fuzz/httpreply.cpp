// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include "net/httpwire.h"

#include <algorithm>

using namespace Tagboat;
using namespace Tagboat::Fuzz;

namespace {

struct Read
{
    bool isRefused = false;
    int status = 0; // 0: the head is not complete
    QByteArray body;
    bool isComplete = false;
};

void requireCorrupt(const Error& error)
{
    require(error.code == Error::Code::Corrupt, "what is no proper HTTP is corrupt");
}

//! Reads a reply that comes in pieces of \a step bytes, as WireSource does.
Read read(QByteArrayView bytes, const QByteArray& method, qsizetype step, qint64 maxSize)
{
    Read result;
    QByteArray buffer;
    std::optional<BodyDecoder> decoder;
    while (!bytes.isEmpty()) {
        buffer += bytes.first(std::min(step, bytes.size()));
        bytes = bytes.sliced(std::min(step, bytes.size()));
        if (!decoder) {
            auto head = takeReplyHead(buffer);
            if (!head) {
                requireCorrupt(head.error());
                result.isRefused = true;
                return result;
            }
            if (!*head)
                continue;
            result.status = (*head)->status;
            require(result.status >= 200 && result.status <= 599, "a final reply has a final status");
            auto made = BodyDecoder::make(method, **head);
            if (!made) {
                requireCorrupt(made.error());
                result.isRefused = true;
                return result;
            }
            decoder = *made;
        }
        while (!decoder->isComplete()) {
            const qint64 left = decoder->bytesLeft();
            auto piece = decoder->take(buffer, maxSize);
            if (!piece) {
                requireCorrupt(piece.error());
                result.isRefused = true;
                return result;
            }
            require(piece->size() <= maxSize, "no more than asked for is given");
            require(left < 0 || left - piece->size() == decoder->bytesLeft(), "what is left is counted");
            if (piece->isEmpty())
                break;
            result.body += *piece;
        }
    }
    result.isComplete = decoder && decoder->isComplete();
    return result;
}

} // namespace

//! The first byte chooses the request's method, the second how the reply is cut.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray method = data[0] % 4 == 0 ? "HEAD" : "GET";
    const QByteArrayView bytes = view(data + 2, size - 2);
    const Read whole = read(bytes, method, bytes.size(), 1 << 20);
    const Read cut = read(bytes, method, 1 + data[1] % 32, 1 + data[1] / 32);
    // A line that is too long is refused before its end has come, and only then.
    if (whole.isRefused || cut.isRefused)
        return 0;
    require(whole.status == cut.status, "a head is the same however it comes");
    require(whole.body == cut.body, "a body is the same however it comes");
    require(whole.isComplete == cut.isComplete, "its end is the same however it comes");
    require(method != "HEAD" || whole.body.isEmpty(), "HEAD has no body");
    return 0;
}
