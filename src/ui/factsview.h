// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"

#include <QList>
#include <QScrollArea>

class QGridLayout;
class QLabel;
class QToolButton;

namespace Tagboat {

class BadgeLabel;

//! Something that can be done about a fact: a button behind it.
struct FactAction
{
    QString key; //!< object name of the button, and what FactsView::actionChosen() tells
    QString text;
    QString toolTip = {};
    QString argument = {};
    friend bool operator==(const FactAction&, const FactAction&) = default;
};

//! One line of an overview: what it is and its value.
struct Fact
{
    QString key; //!< object name of the value's label: "factDigest"
    QString label;
    QString value; //!< lines parted by \n
    bool monospace = false;
    bool copyable = true;
    QString copy = {}; //!< what the button copies, where it differs from the value
    QList<Badge> badges = {};
    bool bold = false;
    bool wraps = true; //!< false: its lines are told as they are, and the view is as wide as they
    QList<FactAction> actions = {};
    QString link = {}; //!< where a click on the value leads: FactsView::linkActivated()
    QString toolTip = {};
    bool isHeading = false; //!< its label stands above the facts that follow; it has no value
};

//! An overview as label and value pairs: text can be selected, each value has a copy button. Empty values are
//! left out, and headings that nothing follows. A word too long for a line, and lines after the
//! hundredth, are cut; the tool tip and the copy have them whole.
class FactsView : public QScrollArea
{
    Q_OBJECT

public:
    explicit FactsView(QWidget* parent = nullptr);
    void setFacts(const QList<Fact>& facts);

Q_SIGNALS:
    //! A button was clicked: its FactAction's key and argument.
    void actionChosen(const QString& key, const QString& argument);
    void linkActivated(const QString& link);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row
    {
        QLabel* heading;
        QLabel* label;
        QLabel* value;
        BadgeLabel* badge;
        QToolButton* copy;
        QWidget* actions;
        QList<FactAction> shownActions;
        QString copyText;
        QString link;
        int width; //!< of the value on its longest line
    };
    void addRow();
    void setActions(Row& row, const QList<FactAction>& actions);
    void showHeading(Row& row, const Fact& fact);
    QList<Row> m_rows;
    QWidget* m_content;
    QGridLayout* m_grid;
};

} // namespace Tagboat
