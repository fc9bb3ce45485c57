// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

#include <QList>

namespace Tagboat {

//! A member about to be written: a file, whose size comes before its bytes, or a folder.
struct TarContent
{
    QString path;
    ByteSourcePtr source; //!< null: a folder
    qint64 size = 0;
};

//! Makes a member when its turn has come: what it holds may depend on what was written before.
using TarStep = std::function<Task<Result<TarContent>>(std::stop_token)>;

//! A whole tar of the members that \a steps make, written while it is read.
[[nodiscard]] ByteSourcePtr tarSource(QList<TarStep> steps);

//! A step for bytes that are known.
[[nodiscard]] TarStep tarFile(QString path, QByteArray bytes);
[[nodiscard]] TarStep tarFolder(QString path);

} // namespace Tagboat
