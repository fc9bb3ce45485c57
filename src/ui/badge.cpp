// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/badge.h"

#include "ui/colors.h"
#include "ui/metrics.h"

#include <QLocale>
#include <QPainter>

namespace Tagboat {

namespace {

constexpr int MostCharacters = 40;

} // namespace

QFont smallFont(const QFont& font)
{
    QFont small = font;
    if (font.pointSizeF() > 0)
        small.setPointSizeF(font.pointSizeF() * 0.88);
    else
        small.setPixelSize(qMax(1, qRound(font.pixelSize() * 0.88)));
    return small;
}

QSize badgeSize(const Badge& badge, const QFont& font)
{
    const QFontMetrics fm(smallFont(font));
    // A long name is cut in the middle rather than left out; the tool tip has the whole.
    const int text = qMin(fm.horizontalAdvance(badge.text), fm.averageCharWidth() * MostCharacters);
    return {text + fm.height(), fm.height() + fm.height() / 8};
}

void paintBadge(QPainter* painter, const QRect& rect, const Badge& badge, const QFont& font,
                const QPalette& palette)
{
    const ToneColors& colors = Colors::of(palette).tone(badge.tone);
    const QFont small = smallFont(font);
    const QFontMetrics fm(small);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(colors.border);
    painter->setBrush(colors.fill);
    painter->drawRoundedRect(outlined(rect), rect.height() / 2.0, rect.height() / 2.0);
    painter->setFont(small);
    painter->setPen(colors.text);
    const QRect inner = rect.adjusted(fm.height() / 2, 0, -fm.height() / 2 + 1, 0);
    painter->drawText(inner, Qt::AlignCenter, fm.elidedText(badge.text, Qt::ElideMiddle, inner.width() + 1));
    painter->restore();
}

int badgesWidth(const QList<Badge>& badges, const QFont& font)
{
    const int gap = Metrics(QFontMetrics(font)).gap();
    int width = 0;
    for (const Badge& badge : badges)
        width += badgeSize(badge, font).width() + (width > 0 ? gap : 0);
    return width;
}

int paintBadges(QPainter* painter, const QRect& rect, const QList<Badge>& badges, const QFont& font,
                const QPalette& palette)
{
    const int gap = Metrics(QFontMetrics(font)).gap();
    int x = rect.left();
    for (qsizetype i = 0; i < badges.size(); ++i) {
        const QSize size = badgeSize(badges[i], font);
        const Badge rest{QLatin1Char('+') + QLocale().toString(badges.size() - i), Tone::Muted};
        const bool isLast = i + 1 == badges.size();
        const int reserve = isLast ? 0 : gap + badgeSize(rest, font).width();
        const int room = rect.right() + 1 - x;
        const auto place = [&](const QSize& s, int width) {
            return QRect(x, rect.center().y() - s.height() / 2, width, s.height());
        };
        if (size.width() + reserve <= room) {
            paintBadge(painter, place(size, size.width()), badges[i], font, palette);
            x += size.width() + gap;
        } else if (i == 0 && room - reserve > size.height() * 2) {
            paintBadge(painter, place(size, room - reserve), badges[i], font, palette);
            x += room - reserve + gap;
        } else {
            const QSize restSize = badgeSize(rest, font);
            if (restSize.width() <= room) {
                paintBadge(painter, place(restSize, restSize.width()), rest, font, palette);
                x += restSize.width() + gap;
            }
            break;
        }
    }
    return x - rect.left();
}

BadgeLabel::BadgeLabel(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

BadgeLabel::BadgeLabel(const Badge& badge, QWidget* parent) : BadgeLabel(parent)
{
    setBadge(badge);
}

void BadgeLabel::setBadge(const Badge& badge)
{
    m_badge = badge;
    setAccessibleName(badge.text);
    setToolTip(badge.toolTip);
    setVisible(!badge.text.isEmpty());
    updateGeometry();
    update();
}

QSize BadgeLabel::sizeHint() const
{
    return badgeSize(m_badge, font());
}

QSize BadgeLabel::minimumSizeHint() const
{
    const QSize hint = sizeHint();
    return {qMin(hint.width(), hint.height() * 4), hint.height()};
}

void BadgeLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QRect place(QPoint(), QSize(qMin(width(), sizeHint().width()), sizeHint().height()));
    place.moveTop((height() - place.height()) / 2);
    paintBadge(&painter, place, m_badge, font(), palette());
}

} // namespace Tagboat
