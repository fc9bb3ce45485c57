// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/changefilter.h"

#include "ui/metrics.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

ChangeFilter::ChangeFilter(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics(fontMetrics()).halfGap());
    for (const auto& [change, name] : {std::pair(FileNode::Change::Added, "showAdded"),
                                       std::pair(FileNode::Change::Changed, "showChanged"),
                                       std::pair(FileNode::Change::Deleted, "showDeleted")})
        layout->addWidget(add(change, name));
    retranslate();
}

QToolButton* ChangeFilter::add(FileNode::Change change, const char* name)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1StringView(name));
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::toggled, this, &ChangeFilter::changed);
    m_kinds.append({change, button});
    return button;
}

void ChangeFilter::setCounts(int added, int changed, int deleted)
{
    m_kinds[0].count = added;
    m_kinds[1].count = changed;
    m_kinds[2].count = deleted;
    retranslate();
}

void ChangeFilter::setCompact(bool compact)
{
    if (m_isCompact == compact)
        return;
    m_isCompact = compact;
    retranslate();
}

QList<FileNode::Change> ChangeFilter::chosen() const
{
    QList<FileNode::Change> changes;
    for (const Kind& kind : m_kinds) {
        if (kind.button->isChecked())
            changes.append(kind.change);
    }
    return changes;
}

void ChangeFilter::clear()
{
    for (const Kind& kind : m_kinds)
        kind.button->setChecked(false);
}

void ChangeFilter::retranslate()
{
    for (const Kind& kind : m_kinds) {
        const QString count = QLocale().toString(kind.count);
        QString text, tip;
        QChar sign;
        switch (kind.change) {
        case FileNode::Change::Added:
            text = tr("Added %1").arg(count);
            tip = tr("Show only what was added");
            sign = u'+';
            break;
        case FileNode::Change::Changed:
            text = tr("Changed %1").arg(count);
            tip = tr("Show only what was changed");
            sign = u'~';
            break;
        default:
            text = tr("Deleted %1").arg(count);
            tip = tr("Show only what was deleted");
            sign = QChar(0x2212);
            break;
        }
        kind.button->setText(m_isCompact ? QString(sign + count) : text);
        kind.button->setToolTip(tip);
        kind.button->setAccessibleName(text);
        kind.button->setAccessibleDescription(tip);
        if (kind.count == 0)
            kind.button->setChecked(false);
        kind.button->setEnabled(kind.count > 0);
    }
}

} // namespace Tagboat
