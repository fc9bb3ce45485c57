// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"

#include <QList>
#include <QString>

#include <functional>

namespace Tagboat {

//! What a name of the store was changed for.
enum class NameCause {
    Other,
    Tag,     //!< somebody gave an image the name
    Remove,  //!< took the name away
    Delete,  //!< deleted the image with its names
    CleanUp, //!< the image went in a clean-up
    Pull,
    Import,
    Undo,
};

//! A name that means something else than before.
struct NameChange
{
    QString name;             //!< canonical; as it is stored where it is no reference
    Digest previous, current; //!< root digests; null: there was no such name, there is none any more
    friend bool operator==(const NameChange&, const NameChange&) = default;
};

//! What one writing of index.json changed.
struct NameChanges
{
    NameCause cause = NameCause::Other;
    QList<NameChange> changes;
};

/*!
 * \brief Says, as long as it lives, what this thread changes names of the store for.
 *
 * The outermost one counts: an undo that takes a name away is an undo.
 */
class NameCauseScope
{
public:
    explicit NameCauseScope(NameCause cause);
    ~NameCauseScope();
    Q_DISABLE_COPY_MOVE(NameCauseScope)
    [[nodiscard]] static NameCause current();

private:
    NameCause m_outer;
};

//! Told after names have changed, on the thread that changed them and under the store's lock: be quick, and
//! do not call the store.
using NameObserver = std::function<void(const NameChanges&)>;

} // namespace Tagboat
