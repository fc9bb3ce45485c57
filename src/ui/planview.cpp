// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/planview.h"

#include "models/planmodel.h"
#include "models/text.h"
#include "ui/itemdelegate.h"
#include "ui/metrics.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct PlanWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::PlanView)
};

} // namespace

void showPlanIn(QTreeView* view, QAbstractItemModel* model)
{
    view->setModel(model);
    view->setItemDelegate(new ItemDelegate(view));
    view->header()->setSectionsMovable(false);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(PlanModel::WhatColumn, QHeaderView::Stretch);
    view->header()->setSectionResizeMode(PlanModel::SizeColumn, QHeaderView::ResizeToContents);
    view->header()->setSectionResizeMode(PlanModel::ActionColumn, QHeaderView::ResizeToContents);
    view->setMinimumHeight(planHeight(view));
    view->setMinimumWidth(view->fontMetrics().averageCharWidth() * 90);
}

int planHeight(const QTreeView* view, int fewer)
{
    constexpr int Rows = 7;
    return Metrics(view->fontMetrics()).rowHeight() * (Rows - fewer);
}

QString pushButtonText(const Plan& plan)
{
    const int tags = int(plan.names.size());
    const qint64 bytes = plan.bytesToTransfer();
    if (bytes == 0)
        return PlanWords::tr("Push %n tag(s)", nullptr, tags);
    if (tags == 1)
        return PlanWords::tr("Push %1").arg(formatBytes(bytes));
    return PlanWords::tr("Push %1, %n tag(s)", nullptr, tags).arg(formatBytes(bytes));
}

QString pullButtonText(const Plan& plan)
{
    const qint64 bytes = plan.bytesToTransfer();
    return bytes == 0 ? PlanWords::tr("Pull (all is here already)")
                      : PlanWords::tr("Pull %1").arg(formatBytes(bytes));
}

QString referrersText(const Plan& plan)
{
    QStringList kinds;
    for (const PlannedReferrer& referrer : plan.referrers)
        kinds.append(referrer.kind);
    return kinds.isEmpty() ? PlanWords::tr("No signatures or SBOMs are there")
                           : PlanWords::tr("With %1", "2 signatures, 1 SBOM").arg(formatReferrers(kinds));
}

QString partsText(const Reference& reference)
{
    const auto part = [](const QString& caption, const QString& value, bool isDefault) {
        QString text = caption + u" <b>"_s + value.toHtmlEscaped() + u"</b>"_s;
        if (isDefault)
            text += u" <i>"_s + PlanWords::tr("(default)") + u"</i>"_s;
        return text;
    };
    QStringList parts{
        part(PlanWords::tr("registry"), reference.registry(), reference.isRegistryDefault()),
        part(PlanWords::tr("repository"), reference.repository(), reference.isNamespaceDefault())};
    if (!reference.tag().isEmpty())
        parts.append(part(PlanWords::tr("tag"), reference.tag(), reference.isTagDefault()));
    if (!reference.digest().isNull())
        parts.append(part(PlanWords::tr("digest"), reference.digest().shortHex() + u'…', false));
    return parts.join(u" · "_s);
}

} // namespace Tagboat
