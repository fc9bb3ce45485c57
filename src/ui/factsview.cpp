// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/factsview.h"

#include "ui/badge.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/widgettools.h"

#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

enum GridColumn { LabelColumn, ValueColumn, BadgeColumn, CopyColumn, RestColumn };

constexpr qsizetype LongestWord = 120;
constexpr qsizetype MostLines = 100;

//! What a label can show: it breaks lines between words only, and the view must not become wider than its
//! window.
QString shownText(const QString& value)
{
    QStringList lines = value.split(u'\n');
    const bool isLong = lines.size() > MostLines;
    if (isLong)
        lines.resize(MostLines);
    for (QString& line : lines) {
        qsizetype start = 0;
        while (start < line.size()) {
            qsizetype end = line.indexOf(u' ', start);
            if (end < 0)
                end = line.size();
            if (end - start > LongestWord) {
                line.replace(start + LongestWord, end - start - LongestWord, u"…"_s);
                end = start + LongestWord + 1;
            }
            start = end + 1;
        }
    }
    if (isLong)
        lines.append(u"…"_s);
    return lines.join(u'\n');
}

} // namespace

FactsView::FactsView(QWidget* parent)
    : QScrollArea(parent), m_content(new QWidget), m_grid(new QGridLayout(m_content))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setWidget(m_content);
    setBackgroundRole(QPalette::Base);
    m_content->setBackgroundRole(QPalette::Base);
    m_content->setAutoFillBackground(true);
    const Metrics metrics(fontMetrics());
    setPageMargins(m_grid);
    m_grid->setHorizontalSpacing(metrics.gap() * 2);
    m_grid->setVerticalSpacing(metrics.halfGap());
    m_grid->setColumnStretch(ValueColumn, 0);
    m_grid->setColumnStretch(RestColumn, 1);
}

void FactsView::addRow()
{
    const int line = int(m_rows.size());
    Row row{new QLabel(m_content),
            new QLabel(m_content),
            new QLabel(m_content),
            new BadgeLabel(m_content),
            new QToolButton(m_content),
            new QWidget(m_content),
            {},
            {},
            {},
            0};
    QFont bold = font();
    bold.setBold(true);
    row.heading->setFont(bold);
    row.heading->setTextFormat(Qt::PlainText);
    connect(row.value, &QLabel::linkActivated, this,
            [this, line] { Q_EMIT linkActivated(m_rows[line].link); });
    row.label->setAlignment(Qt::AlignRight | Qt::AlignTop);
    makeMuted(row.label);
    row.value->setTextFormat(Qt::PlainText);
    row.value->setWordWrap(true);
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row.value->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    row.label->setBuddy(row.value);
    row.copy->setIcon(icon(u"copy"_s));
    row.copy->setAutoRaise(true);
    const int side = Metrics(fontMetrics()).line;
    row.copy->setIconSize(QSize(side * 4 / 5, side * 4 / 5));
    connect(row.copy, &QToolButton::clicked, this, [this, line] { copyText(m_rows[line].copyText); });
    m_grid->addWidget(row.heading, line, LabelColumn, 1, ValueColumn - LabelColumn + 1, Qt::AlignLeft);
    m_grid->addWidget(row.label, line, LabelColumn, Qt::AlignRight | Qt::AlignTop);
    m_grid->addWidget(row.value, line, ValueColumn, Qt::AlignTop);
    m_grid->addWidget(row.badge, line, BadgeColumn, Qt::AlignLeft | Qt::AlignTop);
    m_grid->addWidget(row.copy, line, CopyColumn, Qt::AlignLeft | Qt::AlignTop);
    auto* const buttons = new QHBoxLayout(row.actions);
    buttons->setContentsMargins(0, 0, 0, 0);
    m_grid->addWidget(row.actions, line, RestColumn, Qt::AlignLeft | Qt::AlignTop);
    m_grid->setRowStretch(line, 0);
    m_grid->setRowStretch(line + 1, 1); // what is left stays below the last row
    m_rows.append(row);
}

void FactsView::showHeading(Row& row, const Fact& fact)
{
    row.heading->setText(fact.label);
    row.heading->setContentsMargins(0, Metrics(fontMetrics()).gap() * 2, 0, 0);
    row.value->clear();
    row.badge->setBadge({});
    row.heading->show();
    row.label->hide();
    row.value->hide();
    row.copy->hide();
    row.actions->hide();
}

void FactsView::setFacts(const QList<Fact>& facts)
{
    int line = 0;
    int widest = 0;
    const Fact* heading = nullptr;
    for (const Fact& fact : facts) {
        if (fact.isHeading)
            heading = &fact;
        if (fact.value.isEmpty() && fact.badges.isEmpty())
            continue;
        if (heading) {
            if (line == m_rows.size())
                addRow();
            showHeading(m_rows[line++], *heading);
            heading = nullptr;
        }
        if (line == m_rows.size())
            addRow();
        Row& row = m_rows[line++];
        row.heading->hide();
        const QString shown = shownText(fact.value);
        row.label->setText(fact.label);
        QFont font = fact.monospace ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : this->font();
        if (fact.monospace)
            font.setPointSizeF(this->font().pointSizeF() * 0.94);
        font.setBold(fact.bold);
        row.value->setFont(font);
        row.link = fact.link;
        if (fact.link.isEmpty()) {
            row.value->setTextFormat(Qt::PlainText);
            row.value->setText(shown);
        } else { // nothing of the value is markup
            row.value->setTextFormat(Qt::RichText);
            row.value->setText(u"<a href=\"#\">%1</a>"_s.arg(shown.toHtmlEscaped()));
        }
        row.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard
                                           | Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        row.value->setToolTip(!fact.toolTip.isEmpty() || shown == fact.value
                                  ? fact.toolTip
                                  : fact.value.first(qMin<qsizetype>(fact.value.size(), 4000)));
        row.value->setWordWrap(fact.wraps);
        row.value->setObjectName(fact.key);
        row.value->setAccessibleName(fact.label);
        // A wrapping label would else take the width of a narrow column of text.
        row.width = QFontMetrics(font).size(0, shown).width();
        widest = qMax(widest, row.width);
        // Fonts of a line differ in height: one line is centred, several start at the top.
        const auto at = fact.value.contains(u'\n') ? Qt::AlignTop : Qt::AlignVCenter;
        m_grid->setAlignment(row.label, Qt::AlignRight | at);
        m_grid->setAlignment(row.value, at);
        m_grid->setAlignment(row.copy, Qt::AlignLeft | at);
        m_grid->setAlignment(row.badge, Qt::AlignLeft | at);
        row.copyText = fact.copy.isEmpty() ? fact.value : fact.copy;
        row.copy->setToolTip(tr("Copy"));
        row.copy->setAccessibleName(tr("Copy: %1").arg(fact.label));
        row.copy->setObjectName(fact.key + u"Copy"_s);
        m_grid->setAlignment(row.actions, Qt::AlignLeft | at);
        setActions(row, fact.actions);
        row.badge->setBadge(fact.badges.isEmpty() ? Badge() : fact.badges.front());
        row.label->show();
        row.value->show();
        row.copy->setVisible(fact.copyable);
    }
    const int limit = fontMetrics().averageCharWidth() * 110;
    m_grid->setColumnMinimumWidth(ValueColumn, qMin(widest + fontMetrics().averageCharWidth(), limit / 3));
    for (int i = 0; i < m_rows.size(); ++i) {
        const int width = m_rows[i].width;
        const bool wraps = m_rows[i].value->wordWrap();
        m_rows[i].value->setMinimumWidth(wraps ? qMin(width + 1, limit / 3) : width + 1);
        if (i < line)
            continue;
        for (QWidget* widget :
             {static_cast<QWidget*>(m_rows[i].heading), static_cast<QWidget*>(m_rows[i].label),
              static_cast<QWidget*>(m_rows[i].value), static_cast<QWidget*>(m_rows[i].badge),
              static_cast<QWidget*>(m_rows[i].copy), m_rows[i].actions})
            widget->hide();
    }
}

void FactsView::setActions(Row& row, const QList<FactAction>& actions)
{
    row.actions->setVisible(!actions.isEmpty());
    if (row.shownActions == actions)
        return; // the keyboard stays where it is
    row.shownActions = actions;
    qDeleteAll(row.actions->findChildren<QToolButton*>());
    for (const FactAction& action : actions) {
        auto* const button = new QToolButton(row.actions);
        button->setObjectName(action.key);
        button->setText(action.text);
        button->setToolTip(action.toolTip);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFont(smallFont(font()));
        row.actions->layout()->addWidget(button);
        connect(button, &QToolButton::clicked, this,
                [this, action] { Q_EMIT actionChosen(action.key, action.argument); });
    }
}

void FactsView::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        for (Row& row : m_rows)
            row.copy->setToolTip(tr("Copy"));
    }
}

} // namespace Tagboat
