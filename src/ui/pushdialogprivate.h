// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pushdestinations.h"
#include "ui/pushdialog.h"
#include "ui/pushpreviews.h"
#include "workbench/workbench.h"

#include "ui_pushdialog.h"

#include <QTimer>

class QPushButton;

namespace Tagboat {

class TagCascade;

struct PushDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench), previews(bench) { }

    Workbench& workbench;
    Ui::PushDialog ui;
    StoredImage image;
    QString name; //!< canonical; empty for an untagged image
    PushPreviews previews;
    PushDestinations* further = nullptr;
    TagCascade* cascade = nullptr;
    QPushButton* pushButton = nullptr;
    QTimer pause;
    bool repositoryIsOwn = false; //!< typed by the person: no proposal replaces it
    bool accountIsOwn = false;    //!< chosen by the person: no rule replaces it
    IdentityChoice usual;         //!< who would act if nobody was chosen
};

} // namespace Tagboat
