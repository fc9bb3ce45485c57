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
};

//! An overview as label and value pairs: text can be selected, each value has a copy button. Empty values are
//! left out.
class FactsView : public QScrollArea
{
    Q_OBJECT

public:
    explicit FactsView(QWidget* parent = nullptr);
    void setFacts(const QList<Fact>& facts);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row
    {
        QLabel* label;
        QLabel* value;
        BadgeLabel* badge;
        QToolButton* copy;
        QString copyText;
    };
    void addRow();
    QList<Row> m_rows;
    QWidget* m_content;
    QGridLayout* m_grid;
};

} // namespace Tagboat
