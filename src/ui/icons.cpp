// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/icons.h"

#include "ui/colors.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QLoggingCategory>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

static void initResources()
{
    Q_INIT_RESOURCE(tagboat); // a static library's resources are dropped by the linker otherwise
}

namespace Tagboat {

namespace {

QByteArray source(const QString& name)
{
    initResources();
    QFile file(u":/tagboat/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon is called %s", qUtf8Printable(name));
        return {};
    }
    return file.readAll();
}

QPixmap rendered(const QString& name, const QSize& deviceSize, const QColor& color)
{
    const QString key = u"tagboat/%1/%2x%3/%4"_s.arg(name)
                            .arg(deviceSize.width())
                            .arg(deviceSize.height())
                            .arg(color.name(QColor::HexArgb));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(deviceSize);
    pixmap.fill(Qt::transparent);
    QByteArray svg = source(name);
    svg.replace("currentColor", color.name().toUtf8());
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(QPointF(), QSizeF(deviceSize)));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

//! Looks the colour up when it paints, so one icon serves every theme and state.
class SymbolicEngine : public QIconEngine
{
public:
    SymbolicEngine(QString name, bool onAccent) : m_name(std::move(name)), m_onAccent(onAccent) { }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size(), mode, state, ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    //! \a size is in units of the window, \a scale the pixels of one unit.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return rendered(m_name, (QSizeF(size) * scale).toSize(), color(mode));
    }

    QString key() const override { return u"tagboat"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }
    QIconEngine* clone() const override { return new SymbolicEngine(*this); }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }

private:
    [[nodiscard]] QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        case QIcon::Selected:
            return palette.color(QPalette::Active, QPalette::HighlightedText);
        default:
            break;
        }
        return m_onAccent ? Colors::of(palette).onAccent
                          : mixed(palette.color(QPalette::Active, QPalette::WindowText),
                                  palette.color(QPalette::Active, QPalette::Window), 0.12);
    }

    QString m_name;
    bool m_onAccent;
};

} // namespace

QIcon icon(const QString& name)
{
    return QIcon(new SymbolicEngine(name, false));
}

QIcon iconOnAccent(const QString& name)
{
    return QIcon(new SymbolicEngine(name, true));
}

QIcon appIcon()
{
    initResources();
    return QIcon(u":/tagboat/icons/app.svg"_s);
}

void paintIcon(QPainter* painter, const QRect& rect, const QString& name, const QColor& color)
{
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
    painter->drawPixmap(rect, rendered(name, rect.size() * ratio, color));
}

} // namespace Tagboat
