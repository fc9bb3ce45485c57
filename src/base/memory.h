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

/*!
 * \brief Has what keepFreedMemory() set aside backed by huge pages from here on, where Linux has them.
 *
 * For a process that receives: the kernel copies a socket's bytes to such memory and pins it for a disk with
 * less work, 4 % of a pull's processor time. A sender's pieces stay in the kernel, and it would only pay for
 * clearing the pages. Callable from any thread, more than once.
 */
void expectLargePieces();

} // namespace Tagboat
