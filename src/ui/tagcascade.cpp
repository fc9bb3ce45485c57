// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tagcascade.h"

#include "oci/tagversion.h"
#include "ui/widgettools.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace Tagboat {

TagCascade::TagCascade(QWidget* edit, QWidget* parent)
    : QWidget(parent), m_edit(edit), m_layout(new QHBoxLayout(this)), m_hint(new QLabel(this))
{
    m_layout->setContentsMargins({});
    m_hint->setText(tr("version cascade"));
    makeMuted(m_hint);
    m_layout->addWidget(m_hint);
    m_layout->addStretch(1);
    hide();
}

void TagCascade::setTag(const QString& tag)
{
    const auto version = TagVersion::parse(tag);
    const QStringList offered = version ? version->cascade() : QStringList();
    if (offered == m_offered)
        return;
    const QStringList before = chosen();
    m_offered = offered;
    qDeleteAll(m_boxes);
    m_boxes.clear();
    for (const QString& shorter : offered) {
        auto* box = new QCheckBox(shorter, this);
        box->setObjectName(u"cascade_"_s + shorter);
        box->setChecked(before.contains(shorter));
        connect(box, &QCheckBox::toggled, this, &TagCascade::changed);
        m_layout->insertWidget(int(m_boxes.size()), box);
        m_boxes.append(box);
    }
    // New children come last in the window's order; these belong behind the tag that they are made of.
    QWidget* previous = m_edit;
    for (QCheckBox* box : std::as_const(m_boxes)) {
        setTabOrder(previous, box);
        previous = box;
    }
    setVisible(!offered.isEmpty());
    if (before != chosen())
        Q_EMIT changed();
}

QStringList TagCascade::chosen() const
{
    QStringList tags;
    for (const QCheckBox* box : m_boxes) {
        if (box->isChecked())
            tags.append(box->text());
    }
    return tags;
}

void TagCascade::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_hint->setText(tr("version cascade"));
}

} // namespace Tagboat
