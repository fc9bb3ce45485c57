// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QHash>
#include <QWidget>

#include <memory>

namespace Tagboat {

class Workbench;

/*!
 * \brief The Disk tab of an image's details.
 */
class DiskTab : public QWidget
{
    Q_OBJECT

public:
    explicit DiskTab(QWidget* parent = nullptr);
    ~DiskTab() override;

    void setWorkbench(Workbench* workbench);
    //! Null: nothing is chosen. \a platform: position in its platforms; -1: none. \a titles names the store's
    //! images by ID. Nothing is read before the tab is seen.
    void setImage(const StoredImage* image, int platform, const QHash<Digest, QString>& titles);
    void retranslate();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
