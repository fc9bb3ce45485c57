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
    m_hint->setObjectName(u"cascadeHint"_s);
    retranslate();
    makeMuted(m_hint);
    m_layout->addWidget(m_hint);
    m_layout->addStretch(1);
    hide();
}

void TagCascade::setTag(const QString& tag)
{
    m_tag = tag;
    update();
}

void TagCascade::setKnownTags(const QStringList& tags)
{
    m_known = tags;
    update();
}

void TagCascade::update()
{
    const auto version = TagVersion::parse(m_tag);
    const QStringList offered = version ? version->cascadeAmong(m_known) : QStringList();
    QStringList held = version ? version->cascade() : QStringList();
    held.removeIf([&offered](const QString& shorter) { return offered.contains(shorter); });
    if (offered == m_offered && held == m_held)
        return;
    m_held = held;
    retranslate();
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
    setVisible(!offered.isEmpty() || !held.isEmpty());
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
        retranslate();
}

void TagCascade::retranslate()
{
    m_hint->setText(m_held.isEmpty()
                        ? tr("version cascade")
                        : tr("%1: a higher version is here and keeps it", "2, latest: a higher version …")
                              .arg(m_held.join(u", "_s)));
}

} // namespace Tagboat
