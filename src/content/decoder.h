// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <expected>
#include <memory>

namespace Tagboat {

/*!
 * \brief A decompressor that takes compressed bytes as they come; any thread, one at a time.
 *
 * Works in steps that are bounded in what they give, so that a small input that unpacks to terabytes costs
 * nothing until somebody asks for the next step.
 */
class Decoder
{
public:
    virtual ~Decoder() = default;
    //! New input; only when wantsInput().
    void feed(QByteArray input);
    //! Up to \a room plain bytes (perhaps none, when more input is wanted); an error text where the input is
    //! broken.
    [[nodiscard]] std::expected<QByteArray, QString> step(qsizetype room);
    //! The same into \a size bytes of room that the caller has; gives how many there are.
    [[nodiscard]] virtual std::expected<qsizetype, QString> stepInto(char* room, qsizetype size) = 0;
    //! All input is used up and no more plain bytes can come of it.
    [[nodiscard]] virtual bool wantsInput() const = 0;
    //! The input may end here.
    [[nodiscard]] virtual bool isComplete() const = 0;

    //! One or several gzip members; zero bytes after the last are padding.
    [[nodiscard]] static std::unique_ptr<Decoder> gzip();
    //! One or several zstd frames with windows of up to 128 MiB.
    [[nodiscard]] static std::unique_ptr<Decoder> zstd();

protected:
    QByteArray m_input;
    qsizetype m_used = 0; //!< bytes of m_input that are done with
};

} // namespace Tagboat
