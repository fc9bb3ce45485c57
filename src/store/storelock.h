// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/layoutfiles.h"

#include <chrono>

namespace Tagboat {

/*!
 * \brief The layout's `.lock`, held for as long as this object lives.
 *
 * Shared for reading, exclusive for changes of index.json and for sweeping. Every acquisition opens the file
 * anew, so the one lock serves threads of this process and other processes alike. Held for moments only;
 * nobody may take it twice at a time.
 */
class StoreLock
{
public:
    enum class Kind { Shared, Exclusive };

    //! Timeout when somebody else does not let go. A folder that cannot be written and has no lock file can
    //! be read without one: nobody who keeps to the lock can change it.
    [[nodiscard]] static Result<StoreLock>
    acquire(const LayoutFiles& files, Kind kind,
            std::chrono::milliseconds patience = std::chrono::seconds(30));

private:
    explicit StoreLock(DiskFile file) : m_file(std::move(file)) { }
    DiskFile m_file;
};

} // namespace Tagboat
