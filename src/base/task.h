// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QCoro/QCoroTask>

#include <stop_token>

namespace Tagboat {

/*!
 * \brief The return type of every function that waits: `Task<Result<T>>`.
 *
 * Rules (ARCHITECTURE.md "Coroutines" gives the reasons; tests/unit/base/tst_task.cpp proves them):
 * a task starts at once on the calling thread and lives on when dropped, so each is awaited or handed to a
 * TaskGroup; parameters go by value; the last one is the `std::stop_token`; a member coroutine takes the
 * `shared_ptr` of its object by value (free or static function); after each await the token and any shared
 * state are checked again; members are returned as `co_return Result<T>(m_member)`, since `co_return
 * m_member` moves them away.
 */
template<typename T>
using Task = QCoro::Task<T>;

} // namespace Tagboat
