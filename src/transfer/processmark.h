// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace Tagboat {

/*!
 * \brief A file that is locked for as long as this process lives, however it ends: how others see that it
 * does.
 *
 * Better than a process number, which another process may get and which means nothing across containers that
 * share the folder. The platform file of this floor: POSIX flock().
 */
class ProcessMark
{
public:
    //! Makes `FOLDER/run-NAME` and locks it; \a name is new in each process.
    [[nodiscard]] static Result<std::unique_ptr<ProcessMark>> make(const QString& folder,
                                                                   const QString& name);
    ~ProcessMark(); //!< removes it
    Q_DISABLE_COPY_MOVE(ProcessMark)

    //! Whether there is a mark \a name, of a living process or a dead one.
    [[nodiscard]] static bool exists(const QString& folder, const QString& name);
    //! Whether the process that made mark \a name is gone.
    [[nodiscard]] static bool isGone(const QString& folder, const QString& name);
    //! Removes the marks that dead processes left.
    static void sweep(const QString& folder);

private:
    ProcessMark(QString path, int descriptor);

    QString m_path;
    int m_descriptor;
};

} // namespace Tagboat
