// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/treemaplayout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace Tagboat {

namespace {

//! The worst ratio of long to short side when areas that sum up to \a sum form a row along \a side.
double worstRatio(double largest, double smallest, double sum, double side)
{
    const double square = side * side;
    return std::max(square * largest / (sum * sum), sum * sum / (square * smallest));
}

//! Places a row at the left or the top of \a area, whichever is shorter, and gives what is left of it.
QRectF placeRow(const QRectF& area, std::span<const int> row, const QList<double>& areas, double sum,
                QList<QRectF>& places)
{
    const bool isColumn = area.width() >= area.height();
    const double side = isColumn ? area.height() : area.width();
    const double depth = std::min(sum / side, isColumn ? area.width() : area.height());
    double at = 0;
    for (const int item : row) {
        const double length = areas.at(item) / sum * side;
        places[item] = isColumn ? QRectF(area.left(), area.top() + at, depth, length)
                                : QRectF(area.left() + at, area.top(), length, depth);
        at += length;
    }
    return isColumn ? area.adjusted(depth, 0, 0, 0) : area.adjusted(0, depth, 0, 0);
}

} // namespace

QList<QRectF> squarified(const QList<double>& weights, const QRectF& area)
{
    QList<QRectF> places(weights.size());
    std::vector<int> order;
    double total = 0;
    for (int i = 0; i < weights.size(); ++i) {
        if (weights.at(i) > 0) {
            order.push_back(i);
            total += weights.at(i);
        }
    }
    if (order.empty() || area.isEmpty())
        return places;
    std::ranges::stable_sort(order, std::ranges::greater(), [&](int i) { return weights.at(i); });
    QList<double> areas(weights.size());
    const double scale = area.width() * area.height() / total;
    for (const int item : order)
        areas[item] = weights.at(item) * scale;

    QRectF free = area;
    size_t first = 0;
    while (first < order.size()) {
        const double side = std::min(free.width(), free.height());
        if (side <= 0)
            break; // rounding has used up the area
        const double largest = areas.at(order[first]);
        double sum = largest;
        double ratio = worstRatio(largest, largest, sum, side);
        size_t end = first + 1;
        while (end < order.size()) {
            const double next = areas.at(order[end]);
            const double longer = worstRatio(largest, next, sum + next, side);
            if (longer > ratio)
                break;
            ratio = longer;
            sum += next;
            ++end;
        }
        free = placeRow(free, std::span(order).subspan(first, end - first), areas, sum, places);
        first = end;
    }
    return places;
}

int neighbourOf(const QList<QRectF>& places, int from, int key)
{
    if (from < 0 || from >= places.size())
        return -1;
    const QRectF& here = places.at(from);
    int best = -1;
    double bestDistance = std::numeric_limits<double>::max();
    for (int i = 0; i < places.size(); ++i) {
        const QRectF& there = places.at(i);
        if (i == from || there.isEmpty())
            continue;
        const QPointF way = there.center() - here.center();
        const bool isAcross = key == Qt::Key_Up || key == Qt::Key_Down;
        const bool isBackwards = key == Qt::Key_Left || key == Qt::Key_Up;
        const double ahead = (isAcross ? way.y() : way.x()) * (isBackwards ? -1 : 1);
        if (ahead <= 0.5)
            continue;
        const auto gap = [](double firstEnd, double secondStart, double secondEnd, double firstStart) {
            return std::max(secondStart - firstEnd, firstStart - secondEnd);
        };
        const double across = gap(here.right(), there.left(), there.right(), here.left());
        const double along = gap(here.bottom(), there.top(), there.bottom(), here.top());
        const double gapAhead = isAcross ? along : across;
        const double gapAside = isAcross ? across : along; // below zero: they overlap, it lies straight ahead
        constexpr double Touching = 0.5;
        constexpr double Corner = 1e3; // only a corner in common
        constexpr double Beside = 1e6; // no way ahead, only aside
        const double offset = std::abs(isAcross ? way.x() : way.y());
        const double distance = std::max(0.0, gapAhead) * 4 + offset * 0.5 + ahead
            + (gapAside > -Touching ? Corner + gapAside * 16 : 0) + (gapAhead < -Touching ? Beside : 0);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = i;
        }
    }
    return best;
}

} // namespace Tagboat
