// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Tagboat::Testing {

//! What makeLargeStore() makes: images on common bases, each with a layer of its own and several names.
struct LargeStore
{
    int images = 10'000;
    int namesEach = 5;
    int bases = 200;       //!< of four layers, each with images / bases images on it
    int frameworks = 1000; //!< two layers on a base, each with images / frameworks images on it
};

//! Writes an OCI layout with small layers into \a directory, without the code under test. Ends the program
//! where the disk does not take it.
void makeLargeStore(const QString& directory, const LargeStore& size = {});

//! The first name of image \a number, canonical.
[[nodiscard]] QString nameInLargeStore(int number, int name = 0);

} // namespace Tagboat::Testing
