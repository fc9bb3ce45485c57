// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSet>

#include <algorithm>
#include <functional>
#include <iterator>
#include <type_traits>
#include <vector>

namespace Tagboat {

//! How a model announces the changes of one list of rows; lambdas of the model that call its begin… and end….
struct RowChanges
{
    std::function<void(int first, int last)> beginInsert, beginRemove;
    std::function<void()> endInsert, endRemove;
    //! Announces the move of one row from \a from to before \a to (\a to < \a from).
    std::function<void(int from, int to)> beginMove;
    std::function<void()> endMove;
    std::function<void(int row)> changed;
};

/*!
 * \brief Turns \a rows into \a wanted by removals, moves, insertions and changes, so that selection, scroll
 * position and open branches stay where they are. Keys must be unique within each list.
 *
 * \a keyOf gives what makes a row the same row (hashable); \a make builds a row for a wanted value, \a assign
 * replaces a row's value and says whether anything differed. Neighbouring insertions and removals are
 * announced together, so that a list of 100,000 that grows stays quick; a changed order costs one move a row
 * that stands wrong.
 */
template<typename Row, typename Value, typename RowKey, typename ValueKey, typename Make, typename Assign>
void updateRows(std::vector<Row>& rows, const QList<Value>& wanted, RowKey keyOfRow, ValueKey keyOfValue,
                Make make, Assign assign, const RowChanges& changes)
{
    using Key = std::decay_t<decltype(keyOfValue(wanted.front()))>;
    // As a rule little has changed: what stands at both ends already needs no looking up.
    const int shorter = int(qMin(qsizetype(rows.size()), wanted.size()));
    const auto isSame = [&](std::size_t row, qsizetype value) {
        return keyOfRow(rows[row]) == keyOfValue(wanted[value]);
    };
    int front = 0;
    while (front < shorter && isSame(std::size_t(front), front))
        ++front;
    int back = 0;
    while (back < shorter - front && isSame(rows.size() - 1 - std::size_t(back), wanted.size() - 1 - back))
        ++back;
    const int wantedEnd = int(wanted.size()) - back;

    QSet<Key> wantedKeys;
    wantedKeys.reserve(wantedEnd - front);
    for (int i = front; i < wantedEnd; ++i)
        wantedKeys.insert(keyOfValue(wanted[i]));
    for (int last = int(rows.size()) - back - 1; last >= front;) {
        if (wantedKeys.contains(keyOfRow(rows[std::size_t(last)]))) {
            --last;
            continue;
        }
        int first = last;
        while (first > front && !wantedKeys.contains(keyOfRow(rows[std::size_t(first) - 1])))
            --first;
        changes.beginRemove(first, last);
        rows.erase(rows.begin() + first, rows.begin() + last + 1);
        changes.endRemove();
        last = first - 1;
    }

    QSet<Key> present;
    present.reserve(qsizetype(rows.size()) - front - back);
    for (std::size_t i = std::size_t(front); i + std::size_t(back) < rows.size(); ++i)
        present.insert(keyOfRow(rows[i]));
    for (int i = 0; i < wanted.size(); ++i) {
        if (i < front || i >= wantedEnd) {
            if (assign(rows[std::size_t(i)], wanted[i]))
                changes.changed(i);
            continue;
        }
        const Key key = keyOfValue(wanted[i]);
        if (!present.contains(key)) {
            int last = i;
            while (last + 1 < wantedEnd && !present.contains(keyOfValue(wanted[last + 1])))
                ++last;
            std::vector<Row> fresh;
            fresh.reserve(std::size_t(last) - std::size_t(i) + 1);
            for (int n = i; n <= last; ++n)
                fresh.push_back(make(wanted[n]));
            changes.beginInsert(i, last);
            rows.insert(rows.begin() + i, std::make_move_iterator(fresh.begin()),
                        std::make_move_iterator(fresh.end()));
            changes.endInsert();
            i = last;
            continue;
        }
        if (!(keyOfRow(rows[std::size_t(i)]) == key)) {
            int from = i + 1;
            while (!(keyOfRow(rows[std::size_t(from)]) == key))
                ++from;
            changes.beginMove(from, i);
            std::rotate(rows.begin() + i, rows.begin() + from, rows.begin() + from + 1);
            changes.endMove();
        }
        if (assign(rows[std::size_t(i)], wanted[i]))
            changes.changed(i);
    }
}

//! Calls \a announce(first, last) for each run of neighbours among \a rows, which are in ascending order.
template<typename Announce>
void forRuns(const std::vector<int>& rows, Announce announce)
{
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        announce(rows[begin], rows[end - 1]);
        begin = end;
    }
}

} // namespace Tagboat
