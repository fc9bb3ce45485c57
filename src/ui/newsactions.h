// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace Tagboat {

class Actions;
class UiSettings;
class Workbench;

/*!
 * \brief What the window's commands about newer images do, and the check once a day.
 *
 * The latter is off until somebody wants it: each check tells every registry which of its images are here,
 * and when this computer is on. It runs while \a window lives, a day after all images were asked for last,
 * whoever did that. \a show gets the name of an image to be shown in the list.
 */
void connectNewsActions(const Actions& actions, Workbench& workbench, UiSettings& settings, QWidget* window,
                        const std::function<void(const QString&)>& show);

} // namespace Tagboat
