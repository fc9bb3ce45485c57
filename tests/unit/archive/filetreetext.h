// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"

#include <QStringList>

namespace Tagboat::ArchiveTest {

//! A tree as a test writes it down, one node a line, sorted by path: "A usr/bin/ls 5", "  usr/", "D etc/x
//! -7", "C a/b 3 -5", links with " -> TARGET" or " is TARGET", "!" behind what is opaque. `\a withChanges`
//! puts the letter in front.
[[nodiscard]] QStringList textOf(const FileTree& tree, bool withChanges = true);

} // namespace Tagboat::ArchiveTest
