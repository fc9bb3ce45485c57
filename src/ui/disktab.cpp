// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/disktab.h"

namespace Tagboat {

struct DiskTab::Private
{
    Workbench* workbench = nullptr;
};

DiskTab::DiskTab(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>()) { }

DiskTab::~DiskTab() = default;

void DiskTab::setWorkbench(Workbench* workbench)
{
    d->workbench = workbench;
}

void DiskTab::setImage(const StoredImage*, int, const QHash<Digest, QString>&) { }

void DiskTab::retranslate() { }

} // namespace Tagboat
