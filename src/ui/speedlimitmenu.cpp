// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/speedlimitmenu.h"

#include "models/text.h"
#include "ui/icons.h"

#include <QActionGroup>
#include <QEvent>
#include <QInputDialog>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 MB = 1'000'000;
constexpr qint64 Choices[] = {0, 512'000, MB, 2 * MB, 5 * MB, 10 * MB, 50 * MB};
constexpr double Least = 0.01, Most = 100'000; // MB/s

} // namespace

SpeedLimitMenu::SpeedLimitMenu(Of what, QWidget* parent)
    : QMenu(parent), m_what(what), m_choices(new QActionGroup(this)), m_other(new QAction(this))
{
    setObjectName(what == Of::AllTransfers      ? u"limitAllMenu"_s
                      : what == Of::OneRegistry ? u"limitRegistryMenu"_s
                                                : u"limitOneMenu"_s);
    setIcon(Tagboat::icon(u"speed"_s)); // QMenu has an icon() too
    for (const qint64 rate : Choices) {
        QAction* choice = addAction(QString());
        choice->setObjectName(u"limit%1"_s.arg(rate));
        choice->setData(rate);
        choice->setCheckable(true);
        m_choices->addAction(choice);
        if (rate == 0)
            addSeparator();
    }
    addSeparator();
    m_other->setObjectName(u"limitOther"_s);
    m_other->setCheckable(true);
    m_choices->addAction(m_other);
    addAction(m_other);
    connect(m_choices, &QActionGroup::triggered, this, [this](const QAction* chosen) {
        const qint64 before = m_rate;
        if (chosen == m_other) {
            setRate(before); // until there is an answer
            ask();
            return;
        }
        setRate(chosen->data().toLongLong());
        Q_EMIT rateChosen(m_rate);
    });
    retranslate();
}

void SpeedLimitMenu::setRate(qint64 bytesPerSecond)
{
    m_rate = qMax<qint64>(bytesPerSecond, 0);
    QAction* shown = m_other;
    for (QAction* choice : m_choices->actions()) {
        if (choice != m_other && choice->data().toLongLong() == m_rate)
            shown = choice;
    }
    shown->setChecked(true);
    retranslate();
}

QString SpeedLimitMenu::textOf(qint64 bytesPerSecond)
{
    return bytesPerSecond > 0 ? formatRate(bytesPerSecond) : tr("No limit");
}

void SpeedLimitMenu::retranslate()
{
    setTitle(m_what == Of::AllTransfers      ? tr("Speed li&mit")
                 : m_what == Of::OneRegistry ? tr("Limit t&his registry")
                                             : tr("Limit t&his transfer"));
    for (QAction* choice : m_choices->actions()) {
        if (choice != m_other)
            choice->setText(textOf(choice->data().toLongLong()));
    }
    m_other->setText(m_other->isChecked() ? tr("Other (%1)…").arg(textOf(m_rate)) : tr("Other…"));
}

void SpeedLimitMenu::ask()
{
    auto* dialog = new QInputDialog(parentWidget());
    dialog->setObjectName(u"limitDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(m_what == Of::AllTransfers      ? tr("Limit for all transfers")
                               : m_what == Of::OneRegistry ? tr("Limit for this registry")
                                                           : tr("Limit for this transfer"));
    dialog->setLabelText(tr("At most, in MB per second:"));
    dialog->setInputMode(QInputDialog::DoubleInput);
    dialog->setDoubleDecimals(2);
    dialog->setDoubleRange(Least, Most);
    dialog->setDoubleValue(m_rate > 0 ? double(m_rate) / MB : 1.0);
    connect(dialog, &QInputDialog::doubleValueSelected, this, [this](double value) {
        setRate(qRound64(value * MB));
        Q_EMIT rateChosen(m_rate);
    });
    dialog->open();
}

void SpeedLimitMenu::changeEvent(QEvent* event)
{
    QMenu::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace Tagboat
