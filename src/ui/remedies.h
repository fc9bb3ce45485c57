// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/errortext.h"

#include <functional>

class QWidget;

namespace Tagboat {

class Workbench;

/*!
 * \brief Runs the remedies that are the same on every page: registry settings, logging in, editing an
 * account, the keychain, clean-up, retry.
 *
 * \a retry is called when what was in the way is out of it. Gives false for those only the caller knows how
 * to run (RetagForAccount, UseAnotherAccount, ActAs, OpenTransfers). Never blocks. \a failed is told what
 * went wrong with CreateRepository.
 */
bool runRemedy(const Remedy& remedy, Workbench& workbench, QWidget* parent,
               const std::function<void()>& retry, const std::function<void(const Error&)>& failed = {});

} // namespace Tagboat
