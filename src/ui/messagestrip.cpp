// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messagestrip.h"

#include "ui/colors.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/widgettools.h"
#include "ui/wrappedlabel.h"

#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

MessageStrip::MessageStrip(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_title(new WrappedLabel(this)),
      m_sentence(new WrappedLabel(this)), m_raw(new WrappedLabel(this)), m_details(new QToolButton(this)),
      m_copy(new QToolButton(this)), m_close(new QToolButton(this)), m_buttons(new QHBoxLayout)
{
    setFrameShape(QFrame::NoFrame);
    m_title->setObjectName(u"stripTitle"_s);
    m_sentence->setObjectName(u"stripText"_s);
    m_raw->setObjectName(u"stripRaw"_s);
    m_details->setObjectName(u"stripDetails"_s);
    m_copy->setObjectName(u"stripCopy"_s);
    m_close->setObjectName(u"stripClose"_s);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (WrappedLabel* label : {m_title, m_sentence, m_raw}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::ClickFocus);
    }
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->hide();
    for (QToolButton* button : {m_details, m_copy, m_close})
        button->setAutoRaise(true);
    m_details->setCheckable(true);
    m_close->setIcon(icon(u"close"_s));
    m_copy->setIcon(icon(u"copy"_s));
    m_copy->hide();

    auto* grid = new QGridLayout(this);
    grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
    grid->addWidget(m_title, 0, 1);
    grid->addWidget(m_details, 0, 2, Qt::AlignTop);
    grid->addWidget(m_close, 0, 3, Qt::AlignTop);
    grid->addWidget(m_sentence, 1, 1, 1, 3);
    m_buttons->setSpacing(Metrics(fontMetrics()).gap());
    grid->addLayout(m_buttons, 2, 1, 1, 3);
    grid->addWidget(m_raw, 3, 1, 1, 2);
    grid->addWidget(m_copy, 3, 3, Qt::AlignTop);
    grid->setColumnStretch(1, 1);
    grid->setVerticalSpacing(Metrics(fontMetrics()).halfGap());

    connect(m_details, &QToolButton::toggled, this, [this](bool open) {
        m_raw->setVisible(open);
        m_copy->setVisible(open);
    });
    connect(m_copy, &QToolButton::clicked, this, [this] { copyText(m_text.details); });
    connect(m_close, &QToolButton::clicked, this, &MessageStrip::dismiss);
    retranslate();
    hide();
}

void MessageStrip::showError(const ErrorText& text)
{
    m_text = text;
    showText();
}

void MessageStrip::showMessage(Tone tone, const QString& title, const QString& text,
                               const QList<Remedy>& remedies)
{
    m_text = {.tone = tone, .title = title, .text = text, .details = {}, .remedies = remedies};
    showText();
}

void MessageStrip::clear()
{
    m_text = {};
    hide();
}

void MessageStrip::dismiss()
{
    clear();
    Q_EMIT closed();
}

void MessageStrip::choose(const Remedy& remedy)
{
    if (remedy.kind == RemedyKind::Dismiss)
        dismiss();
    else
        Q_EMIT remedyChosen(remedy);
}

void MessageStrip::showText()
{
    m_title->setText(m_text.title);
    m_sentence->setText(m_text.text);
    m_sentence->setVisible(!m_text.text.isEmpty());
    m_raw->setText(m_text.details);
    m_details->setChecked(false);
    m_details->setVisible(!m_text.details.isEmpty());
    m_close->setVisible(!std::ranges::contains(m_text.remedies, RemedyKind::Dismiss, &Remedy::kind));
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (QWidget* button = item->widget())
            button->deleteLater(); // it may be the one that is being clicked
        delete item;
    }
    for (int i = 0; i < m_text.remedies.size(); ++i) {
        const Remedy remedy = m_text.remedies[i];
        auto* button = new QPushButton(remedy.label, this);
        button->setObjectName(u"stripRemedy%1"_s.arg(i));
        button->setAutoDefault(false);
        setPrimary(button, i == 0);
        connect(button, &QPushButton::clicked, this, [this, remedy] { choose(remedy); });
        m_buttons->addWidget(button);
    }
    if (!m_text.remedies.isEmpty())
        m_buttons->addStretch(1);
    const int side = Metrics(fontMetrics()).line;
    QPixmap pixmap(QSize(side, side) * devicePixelRatio());
    pixmap.setDevicePixelRatio(devicePixelRatio());
    pixmap.fill(Qt::transparent);
    {
        QPainter painter(&pixmap);
        const QString name = m_text.tone == Tone::Error ? u"error"_s
            : m_text.tone == Tone::Warning              ? u"warning"_s
            : m_text.tone == Tone::Ok                   ? u"ok"_s
                                                        : u"info"_s;
        paintIcon(&painter, QRect(0, 0, side, side), name, Colors::of(palette()).tone(m_text.tone).strong);
    }
    m_icon->setPixmap(pixmap);
    setAccessibleName(m_text.title);
    setAccessibleDescription(m_text.text);
    show();
}

void MessageStrip::retranslate()
{
    m_details->setText(tr("Details"));
    m_copy->setToolTip(tr("Copy details"));
    m_copy->setAccessibleName(m_copy->toolTip());
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
}

void MessageStrip::paintEvent(QPaintEvent*)
{
    const ToneColors& colors = Colors::of(palette()).tone(m_text.tone);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.setBrush(colors.fill);
    const qreal radius = Metrics(fontMetrics()).radius();
    painter.drawRoundedRect(outlined(rect()), radius, radius);
}

void MessageStrip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange && !isClear())
        showText();
}

} // namespace Tagboat
