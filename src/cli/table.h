// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QStringList>

namespace Tagboat {

//! Rows of text under a heading, columns as wide as their longest cell; for people, not for programs.
class Table
{
public:
    explicit Table(QStringList heading) : m_rows({std::move(heading)}) { }
    void add(QStringList row) { m_rows.append(std::move(row)); }
    [[nodiscard]] bool isEmpty() const { return m_rows.size() <= 1; }
    [[nodiscard]] QString toString() const;

private:
    QList<QStringList> m_rows;
};

} // namespace Tagboat
