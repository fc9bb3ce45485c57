// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"
#include "ui/errortext.h"

class QWidget;

namespace Tagboat {

class Workbench;

//! Begins an ended transfer again: by the queue where that can, else by the dialog it came from.
void retryTransfer(Workbench& workbench, QWidget* parent, const JobSnapshot& job);
//! Does what a card offers about its job's error.
void runTransferRemedy(const Remedy& remedy, Workbench& workbench, QWidget* parent, const JobSnapshot& job);

} // namespace Tagboat
