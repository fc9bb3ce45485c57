// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/layerbars.h"

#include "models/text.h"
#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/jobtext.h"
#include "ui/metrics.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPaintEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Widths of the columns for one font; the bar takes what is left, up to a length at which more says no more.
struct Columns
{
    Columns(const QFont& font, int width)
    {
        const QFontMetrics metrics(font);
        const QFontMetrics mono(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        const Metrics lengths(metrics);
        gap = lengths.gap() * 2;
        name = mono.horizontalAdvance(u"0123abcd "_s) + metrics.horizontalAdvance(u"888.8 MB"_s);
        speed = metrics.horizontalAdvance(u"888.8 MB/s"_s);
        state = 0;
        for (const char* word : {"already there", "trying again", "downloading"})
            state = qMax(state, badgeSize({QString::fromLatin1(word)}, font).width());
        const int rest = width - name - state - speed - 4 * gap;
        // A narrow window keeps name, bar and state; the step is the first to go.
        step = rest > lengths.line * 18 ? rest * 2 / 5 : 0;
        bar = qMax(lengths.line * 3, rest - step);
    }
    int gap, name, bar, state, speed, step;
};

} // namespace

void paintBar(QPainter* painter, const QRect& rect, double share, const QColor& fill, const QColor& track)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    const qreal radius = rect.height() / 2.0;
    QPainterPath whole;
    whole.addRoundedRect(rect, radius, radius);
    painter->fillPath(whole, track);
    if (share > 0) {
        painter->setClipPath(whole);
        QRectF done(rect);
        done.setWidth(rect.width() * qMin(1.0, share));
        painter->fillRect(done, fill);
    }
    painter->restore();
}

LayerBars::LayerBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Layers"));
}

void LayerBars::setJob(const JobSnapshot& job)
{
    const bool otherHeight = job.layers.size() != m_job.layers.size();
    m_job = job;
    setAccessibleDescription(JobText::layersSummary(job));
    if (otherHeight)
        updateGeometry();
    update();
}

int LayerBars::rowHeight() const
{
    return Metrics(fontMetrics()).rowHeight();
}

QSize LayerBars::sizeHint() const
{
    return {fontMetrics().height() * 40, rowHeight() * int(m_job.layers.size())};
}

QSize LayerBars::minimumSizeHint() const
{
    return {fontMetrics().height() * 16, sizeHint().height()};
}

void LayerBars::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const int height = rowHeight();
    // Only what shows: a card of a hundred layers is mostly outside the view.
    const int first = qMax(0, event->rect().top() / height);
    const int last = qMin(int(m_job.layers.size()) - 1, event->rect().bottom() / height);
    for (int row = first; row <= last; ++row)
        paintRow(&painter, QRect(0, row * height, width(), height), m_job.layers[row]);
}

void LayerBars::paintRow(QPainter* painter, const QRect& row, const JobLayer& layer) const
{
    const Columns columns(font(), width());
    const Colors& colors = Colors::of(palette());
    const Metrics lengths(fontMetrics());
    const Badge badge = JobText::layerState(m_job, layer);
    QRect cell(row.left(), row.top(), columns.name, row.height());

    painter->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    painter->setPen(colors.text);
    painter->drawText(cell, int(Qt::AlignLeft | Qt::AlignVCenter), layer.digest.hex().left(8));
    painter->setFont(font());
    painter->drawText(cell, int(Qt::AlignRight | Qt::AlignVCenter), formatBytes(layer.size));

    cell = QRect(cell.right() + columns.gap, row.top(), columns.bar, row.height());
    const int thickness = lengths.line * 2 / 3;
    const QRect bar(cell.left(), row.center().y() - thickness / 2, cell.width(), thickness);
    const bool complete = layer.state == BlobState::Present || layer.state == BlobState::Mounted
        || layer.state == BlobState::Done;
    const double share = complete ? 1.0 : layer.size > 0 ? double(layer.bytesDone) / double(layer.size) : 0.0;
    const QColor fill = layer.state == BlobState::Failed ? colors.tone(Tone::Error).strong
        : complete                           ? mixed(colors.tone(Tone::Ok).strong, colors.card, 0.4)
        : layer.state == BlobState::Retrying ? colors.tone(Tone::Warning).strong
                                             : colors.accent;
    paintBar(painter, bar, share, fill, colors.track);

    cell = QRect(cell.right() + columns.gap, row.top(), columns.state, row.height());
    const QSize size = badgeSize(badge, font());
    paintBadge(painter, QRect(cell.left(), row.center().y() - size.height() / 2, size.width(), size.height()),
               badge, font(), palette());

    painter->setPen(colors.muted);
    cell = QRect(cell.right() + columns.gap, row.top(), columns.speed, row.height());
    if (layer.state == BlobState::Running)
        painter->drawText(cell, int(Qt::AlignLeft | Qt::AlignVCenter), formatSpeed(layer.bytesPerSecond));
    if (columns.step == 0)
        return;
    cell =
        QRect(cell.right() + columns.gap, row.top(), row.right() - cell.right() - columns.gap, row.height());
    const QString step = layer.state == BlobState::Mounted && !layer.mountedFrom.isEmpty()
        ? tr("from %1").arg(layer.mountedFrom)
        : layer.step == "config"_L1 ? tr("image configuration")
                                    : formatReferrerKind(layer.step.simplified());
    painter->drawText(cell, int(Qt::AlignLeft | Qt::AlignVCenter),
                      fontMetrics().elidedText(step, Qt::ElideRight, cell.width()));
}

bool LayerBars::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = help->pos().y() / rowHeight();
        if (row >= 0 && row < m_job.layers.size()) {
            const JobLayer& layer = m_job.layers[row];
            QToolTip::showText(help->globalPos(), layer.digest.toString() + u'\n' + layer.step, this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace Tagboat
