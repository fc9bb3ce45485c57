// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filestab.h"

namespace Tagboat {

struct FilesTab::Private
{
    Workbench* workbench = nullptr;
};

FilesTab::FilesTab(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>()) { }

FilesTab::~FilesTab() = default;

void FilesTab::setWorkbench(Workbench* workbench)
{
    d->workbench = workbench;
}

void FilesTab::setImage(const StoredImage*, int, const QHash<Digest, QString>&) { }

void FilesTab::retranslate() { }

} // namespace Tagboat
