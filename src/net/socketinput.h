// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

/*
 * What Qt's sockets do not tell, asked of the system. Beside outgoingfile.cpp the only place of this floor
 * that is POSIX.
 */
namespace Tagboat {

//! True when bytes, or the other side's end, are there to be read at once.
[[nodiscard]] bool hasInput(qintptr descriptor);
//! What is still to be read of a connection that has failed; Qt throws it away.
[[nodiscard]] QByteArray lastInput(qintptr descriptor);

} // namespace Tagboat
