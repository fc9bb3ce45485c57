// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dropzone.h"

#include "ui/colors.h"
#include "ui/icons.h"
#include "ui/metrics.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What lies on this computer; links of a browser are no files.
QStringList filesIn(const QMimeData* data)
{
    QStringList files;
    const QList<QUrl> urls = data->urls();
    for (const QUrl& url : urls) {
        QString file = url.toLocalFile();
        if (file.size() > 1 && file.endsWith(u'/'))
            file.chop(1);
        if (!file.isEmpty())
            files.append(file);
    }
    return files;
}

} // namespace

DropZone::DropZone(QWidget* window) : QWidget(window)
{
    setObjectName(u"dropZone"_s);
    hide();
    window->setAcceptDrops(true);
    // The filter's field and the text views take drops themselves: they must not see these.
    qApp->installEventFilter(this);
}

DropZone::~DropZone() = default;

bool DropZone::isOurs(const QObject* watched) const
{
    const auto* const widget = qobject_cast<const QWidget*>(watched);
    return widget && widget->window() == parentWidget();
}

bool DropZone::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop:
        break;
    case QEvent::DragLeave:
        if (isVisible() && isOurs(watched))
            hide();
        return false;
    case QEvent::Resize:
        if (watched == parentWidget())
            resize(parentWidget()->size());
        return false;
    default:
        return false;
    }
    if (!isOurs(watched))
        return false;
    auto* const drop = static_cast<QDropEvent*>(event);
    const QStringList files = filesIn(drop->mimeData());
    if (files.isEmpty() || drop->source())
        return false;
    if (event->type() != QEvent::Drop)
        hover(files);
    else
        hide();
    drop->setDropAction(Qt::CopyAction); // a move would have the file manager delete it
    drop->accept();
    if (event->type() == QEvent::Drop)
        Q_EMIT dropped(files);
    return true;
}

void DropZone::hover(const QStringList& files)
{
    if (isVisible())
        return;
    m_title = files.size() == 1 ? tr("Drop to import %1").arg(files.first().section(u'/', -1))
                                : tr("Drop to import %n file(s)", nullptr, int(files.size()));
    m_text = tr("Images from docker save, podman save or skopeo, or a folder with an OCI layout");
    setAccessibleName(m_title);
    resize(parentWidget()->size());
    move(0, 0);
    show();
    raise();
}

void DropZone::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors& colors = Colors::of(palette());
    const Metrics metrics(fontMetrics());
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.94F);
    painter.fillRect(rect(), veil);
    const int margin = metrics.line * 2;
    const QRectF frame = outlined(rect().adjusted(margin, margin, -margin, -margin));
    QColor fill = colors.accent;
    fill.setAlphaF(0.08F);
    painter.setBrush(fill);
    painter.setPen(QPen(colors.accent, metrics.line / 8.0, Qt::DashLine, Qt::RoundCap));
    painter.drawRoundedRect(frame, metrics.radius() * 3, metrics.radius() * 3);

    const int side = metrics.line * 3;
    const QPoint centre = rect().center();
    paintIcon(&painter, QRect(centre.x() - side / 2, centre.y() - side * 3 / 2, side, side), u"import"_s,
              colors.accent);
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(colors.text);
    const QRect room = rect().adjusted(margin * 2, 0, -margin * 2, 0);
    const QFontMetrics large(font);
    const QRect title(room.left(), centre.y(), room.width(), large.height() * 3 / 2);
    painter.drawText(title, Qt::AlignHCenter | Qt::AlignVCenter,
                     large.elidedText(m_title, Qt::ElideMiddle, title.width()));
    painter.setFont(this->font());
    painter.setPen(colors.muted);
    painter.drawText(QRect(room.left(), title.bottom(), room.width(), metrics.line * 4),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_text);
}

} // namespace Tagboat
