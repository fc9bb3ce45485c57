// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/stallline.h"

#include "models/text.h"
#include "ui/colors.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/wrappedlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

StallLine::StallLine(QWidget* parent)
    : QWidget(parent), m_icon(new QLabel(this)), m_text(new WrappedLabel(this)),
      m_tryNow(new QToolButton(this))
{
    m_text->setObjectName(u"stallText"_s);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_tryNow->setObjectName(u"stallTryNow"_s);
    m_tryNow->setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics(fontMetrics()).gap());
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_tryNow);
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, &StallLine::showTime);
    connect(m_tryNow, &QToolButton::clicked, this, &StallLine::tryNowAsked);
    retranslate();
    hide();
}

void StallLine::setTrouble(const QString& sentence, const QString& details, const QDateTime& nextTry)
{
    m_sentence = sentence;
    m_nextTry = nextTry;
    m_text->setToolTip(details);
    showTime();
    show();
}

void StallLine::clear()
{
    m_sentence.clear();
    hide();
}

void StallLine::showTime()
{
    const auto rest = m_nextTry.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(m_nextTry) : 0;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(rest));
    const bool isAhead = rest > 0;
    m_text->setText(m_sentence + u' '
                    + (isAhead ? tr("Next try in %1.").arg(formatDuration(seconds)) : tr("Trying again…")));
    m_tryNow->setEnabled(isAhead);
    if (isAhead && isVisible() && !m_clock.isActive())
        m_clock.start();
    else if (!isAhead)
        m_clock.stop();
}

void StallLine::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    retranslate(); // draws the icon in the colours and at the scale of here and now
}

void StallLine::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_clock.stop();
}

void StallLine::retranslate()
{
    m_tryNow->setText(tr("Try now"));
    const int side = fontMetrics().height();
    QPixmap pixmap(QSize(side, side) * devicePixelRatio());
    pixmap.setDevicePixelRatio(devicePixelRatio());
    pixmap.fill(Qt::transparent);
    {
        QPainter painter(&pixmap);
        paintIcon(&painter, QRect(0, 0, side, side), u"warning"_s,
                  Colors::of(palette()).tone(Tone::Warning).strong);
    }
    m_icon->setPixmap(pixmap);
    showTime();
}

void StallLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        retranslate();
}

} // namespace Tagboat
