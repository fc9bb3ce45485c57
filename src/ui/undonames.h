// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/errortext.h"
#include "workbench/namehistory.h"

#include <functional>

class QWidget;

namespace Tagboat {

class Workbench;

//! Undoes moves of names (the last action where none is named) and tells what came of it, in words.
void undoNames(Workbench& workbench, QWidget* parent, const QList<qint64>& ids,
               const std::function<void(const ErrorText&)>& told);
//! What an action did to names, with a button that undoes it; nothing where there is nothing to undo, since
//! no name meant anything else before.
[[nodiscard]] std::optional<ErrorText> undoOffer(const QList<NameMove>& moves);
//! The numbers in the argument of RemedyKind::UndoNames.
[[nodiscard]] QList<qint64> movesIn(const QString& argument);

//! Opens the history; \a name (canonical) narrows it to one name.
void openNameHistoryDialog(Workbench& workbench, QWidget* parent, const QString& name = {});

} // namespace Tagboat
