// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Tagboat {

/*!
 * \brief Lets the process keep some memory it has freed, for the next pieces of a stream.
 *
 * Pieces and blocks come and go by the thousand, and glibc gives each back to the system and fetches it anew,
 * page by page: a third of the system time of a transfer. For the first lines of a main(); does nothing
 * elsewhere than with glibc.
 */
void keepFreedMemory();

} // namespace Tagboat
