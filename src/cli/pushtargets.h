// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "workbench/requests.h"

namespace Tagboat {

//! What of a push is decided by options.
struct PushChoice
{
    bool allTags = false; //!< every tag of the repository that the first name is of
    bool cascade = false; //!< 2.1.106 also as 2.1, 2 and latest
    //! The only image of the place is meant even if it is called otherwise there, or nothing: the name given
    //! says then only where it goes.
    bool mayBeTheOnly = false;
};

/*!
 * \brief Which image goes where: one request for each image, with every place and tag that it goes to.
 *
 * \a name is what the store calls the image (see PushChoice::mayBeTheOnly too); without \a destinations it is
 * also where it goes. NotFound where nothing fits.
 */
[[nodiscard]] Result<QList<PushRequest>> pushTargets(const StoreSnapshot& snapshot, const QString& name,
                                                     const QStringList& destinations, PushChoice choice);

} // namespace Tagboat
