// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/colors.h"

#include <QCache>
#include <QPainter>

namespace Tagboat {

namespace {

// The only literal colours of the program.
constexpr QRgb Blue = 0x2d98db;
constexpr QRgb Green = 0x27ae60;
constexpr QRgb Amber = 0xe8791c;
constexpr QRgb Red = 0xda3e4f;

struct Base
{
    QRgb window, base, alternate, text, button, toolTip;
};

QPalette paletteOf(const Base& b)
{
    const QColor window(b.window);
    const QColor text(b.text);
    const QColor disabled = mixed(text, window, 0.55);
    QPalette palette(QColor(b.button), window);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, disabled);
    }
    palette.setColor(QPalette::Base, QColor(b.base));
    palette.setColor(QPalette::AlternateBase, QColor(b.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor(b.toolTip));
    palette.setColor(QPalette::PlaceholderText, mixed(text, QColor(b.base), 0.45));
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Accent, QColor(Blue));
    palette.setColor(QPalette::Highlight, QColor(Blue));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(QColor(Blue), window, 0.5));
    palette.setColor(QPalette::Inactive, QPalette::Highlight, QColor(Blue));
    const QColor link =
        window.lightness() < 128 ? mixed(QColor(Blue), Qt::white, 0.3) : mixed(QColor(Blue), Qt::black, 0.3);
    palette.setColor(QPalette::Link, link);
    palette.setColor(QPalette::LinkVisited, mixed(link, text, 0.3));
    return palette;
}

} // namespace

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto channel = [share](int x, int y) { return qRound(x + (y - x) * share); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

void paintHatch(QPainter* painter, const QRectF& rect, const Colors& colors)
{
    if (rect.isEmpty())
        return;
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->fillRect(rect, colors.accentSoft);
    const qreal stripe = qMax(1.5, painter->fontMetrics().height() / 4.5);
    painter->setPen(QPen(mixed(colors.accentSoft, colors.accent, 0.45), stripe, Qt::SolidLine, Qt::FlatCap));
    for (qreal x = rect.left() - rect.height(); x < rect.right() + rect.height(); x += stripe * 2.8)
        painter->drawLine(QPointF(x, rect.bottom() + 1), QPointF(x + rect.height() + 1, rect.top()));
    painter->restore();
}

QPalette lightPalette()
{
    return paletteOf({.window = 0xf4f5f6,
                      .base = 0xfdfdfd,
                      .alternate = 0xf6f7f8,
                      .text = 0x232629,
                      .button = 0xfcfcfc,
                      .toolTip = 0xf7f7f7});
}

QPalette darkPalette()
{
    return paletteOf({.window = 0x25292d,
                      .base = 0x1c1f22,
                      .alternate = 0x212529,
                      .text = 0xf2f3f4,
                      .button = 0x32373c,
                      .toolTip = 0x32373c});
}

QPalette softSelection(QPalette palette)
{
    const Colors& colors = Colors::of(palette);
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        palette.setColor(group, QPalette::Highlight,
                         group == QPalette::Active
                             ? colors.accentSoft
                             : mixed(colors.accentSoft, palette.color(QPalette::Base), 0.35));
        palette.setColor(group, QPalette::HighlightedText, palette.color(QPalette::Active, QPalette::Text));
    }
    return palette;
}

const Colors& Colors::of(const QPalette& palette)
{
    static QCache<qint64, Colors> cache(16);
    if (const Colors* known = cache.object(palette.cacheKey()))
        return *known;
    auto* made = new Colors(palette);
    cache.insert(palette.cacheKey(), made);
    return *made;
}

Colors::Colors(const QPalette& palette)
{
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    text = palette.color(QPalette::Active, QPalette::WindowText);
    isDark = window.lightness() < text.lightness();
    accent = palette.color(QPalette::Active, QPalette::Accent);
    onAccent = accent.lightness() > 190 ? QColor(Qt::black) : QColor(Qt::white);
    accentSoft = mixed(base, accent, isDark ? 0.32 : 0.2);
    muted = mixed(text, window, isDark ? 0.36 : 0.33);
    line = mixed(window, text, isDark ? 0.13 : 0.11);
    outline = mixed(window, text, isDark ? 0.26 : 0.28);
    header = mixed(window, text, isDark ? 0.02 : 0.015);
    sidebar = mixed(window, text, isDark ? 0.045 : 0.055);
    hover = mixed(base, text, 0.05);
    track = mixed(base, text, isDark ? 0.15 : 0.11);
    card = base;

    const auto derive = [&](const QColor& hue) {
        return ToneColors{.text = isDark ? mixed(hue, Qt::white, 0.45) : mixed(hue, Qt::black, 0.42),
                          .fill = mixed(base, hue, isDark ? 0.2 : 0.12),
                          .border = mixed(base, hue, isDark ? 0.55 : 0.45),
                          .strong = hue};
    };
    m_tones[int(Tone::Normal)] = {
        .text = mixed(text, base, 0.15), .fill = base, .border = mixed(base, text, 0.3), .strong = muted};
    m_tones[int(Tone::Muted)] = {
        .text = muted, .fill = mixed(base, text, 0.05), .border = line, .strong = mixed(base, text, 0.35)};
    m_tones[int(Tone::Ok)] = derive(QColor(Green));
    m_tones[int(Tone::Warning)] = derive(QColor(Amber));
    m_tones[int(Tone::Error)] = derive(QColor(Red));
    m_tones[int(Tone::Info)] = derive(accent);
}

} // namespace Tagboat
