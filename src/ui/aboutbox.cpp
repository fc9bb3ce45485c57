// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs.h"
#include "ui/icons.h"

#include <QCoreApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct AboutBox
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::AboutBox)
};

} // namespace

void openAboutBox(QWidget* parent)
{
    auto* box = new QMessageBox(parent);
    box->setObjectName(u"aboutBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(AboutBox::tr("About Tagboat"));
    box->setIconPixmap(
        appIcon().pixmap(QSize(1, 1) * parent->fontMetrics().height() * 4, parent->devicePixelRatio()));
    box->setText(u"<h3>Tagboat %1</h3><p>%2</p>"_s.arg(
        QLatin1StringView(TAGBOAT_VERSION),
        AboutBox::tr("Push, pull, name and tidy container images by pointing and clicking.")));
    box->setInformativeText(
        AboutBox::tr("Free software under the GNU General Public License, version 3 or later."));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

} // namespace Tagboat
