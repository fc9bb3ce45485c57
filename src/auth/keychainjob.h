// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/wakeup.h"

#include <QString>

#include <memory>
#include <mutex>
#include <optional>

namespace Tagboat {

//! What the keychain is asked to do with one entry.
struct KeychainQuestion
{
    enum class Kind { Read, Write, Remove };
    Kind kind = Kind::Read;
    QString key;
    QString secret; //!< for Write
};

struct KeychainAnswer
{
    enum class Kind { Done, NotFound, Refused, Failed };
    Kind kind = Kind::Failed;
    QString secret; //!< of Read
    QString words;  //!< the keychain's own, where it failed
};

//! Where an answer will appear, on whatever thread somebody waits for it.
class KeychainReply
{
public:
    [[nodiscard]] std::optional<KeychainAnswer> answer() const;
    [[nodiscard]] const Wakeup& wakeup() const { return m_wakeup; } //!< raised when the answer is here
    void set(KeychainAnswer answer);

private:
    mutable std::mutex m_mutex;
    std::optional<KeychainAnswer> m_answer;
    Wakeup m_wakeup;
};

/*!
 * \brief Starts a QtKeychain job and gives back where its answer will be. Any thread.
 *
 * All jobs of a process run on one thread of their own that lives as long as the application: QtKeychain's
 * queue belongs to the thread that used it first, and hangs or crashes with jobs of any other.
 */
[[nodiscard]] std::shared_ptr<KeychainReply> askKeychain(KeychainQuestion question);

} // namespace Tagboat
