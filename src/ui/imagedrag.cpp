// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imagedrag.h"

#include "models/artifacttext.h"
#include "models/imagenames.h"
#include "ui/colors.h"
#include "ui/exportdialog.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/uisettings.h"
#include "workbench/workbench.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCursor>
#include <QDateTime>
#include <QDir>
#include <QDrag>
#include <QFileInfo>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QToolTip>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int DaysKept = 1;

QString draggedFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/tagboat/dragged"_s;
}

//! What hangs on the pointer: the icon, the name, how many more.
QPixmap dragPixmap(const QWidget* widget, const QString& title)
{
    const Metrics metrics(widget->fontMetrics());
    const Colors& colors = Colors::of(widget->palette());
    const QString shown = widget->fontMetrics().elidedText(title, Qt::ElideMiddle,
                                                           widget->fontMetrics().averageCharWidth() * 40);
    const int side = metrics.line;
    const QSize size(side + widget->fontMetrics().horizontalAdvance(shown) + 3 * metrics.gap() * 2,
                     metrics.rowHeight());
    const qreal ratio = widget->devicePixelRatio();
    QPixmap pixmap(size * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.outline);
    painter.setBrush(widget->palette().color(QPalette::Base));
    painter.drawRoundedRect(outlined(QRect(QPoint(), size)), metrics.radius(), metrics.radius());
    const int top = (size.height() - side) / 2;
    paintIcon(&painter, QRect(metrics.gap() * 2, top, side, side), u"image"_s, colors.accent);
    painter.setPen(colors.text);
    painter.drawText(QRect(side + metrics.gap() * 4, 0, size.width(), size.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, shown);
    return pixmap;
}

} // namespace

void sweepDraggedArchives()
{
    QThreadPool::globalInstance()->start([folder = draggedFolder()] {
        const QDateTime before = QDateTime::currentDateTime().addDays(-DaysKept);
        const auto left = QDir(folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
        for (const QFileInfo& one : left) {
            if (one.lastModified() < before)
                QDir(one.filePath()).removeRecursively();
        }
    });
}

ImageDrag::ImageDrag(Workbench& workbench, UiSettings& settings, QAbstractItemView* view,
                     std::function<Chosen()> chosen)
    : QObject(view), m_workbench(workbench), m_settings(settings), m_view(view), m_chosen(std::move(chosen))
{
    view->viewport()->installEventFilter(this);
    connect(&workbench, &Workbench::jobChanged, this, &ImageDrag::jobChanged);
    connect(&workbench, &Workbench::jobFinished, this, &ImageDrag::jobFinished);
    sweepDraggedArchives();
}

ImageDrag::~ImageDrag() = default;

bool ImageDrag::isHolding() const
{
    return m_isPressed && m_isBegun && QGuiApplication::mouseButtons().testFlag(Qt::LeftButton);
}

bool ImageDrag::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const auto* const mouse = static_cast<QMouseEvent*>(event);
        const QModelIndex index = m_view->indexAt(mouse->position().toPoint());
        m_isPressed = mouse->button() == Qt::LeftButton && mouse->modifiers() == Qt::NoModifier
            && index.isValid() && m_view->visualRect(index).contains(mouse->position().toPoint());
        m_isBegun = false;
        m_pressed = mouse->position().toPoint();
        m_isSelectionDue = m_isPressed && m_view->selectionModel()->isSelected(index)
            && m_view->selectionModel()->selectedRows().size() > 1;
        return m_isSelectionDue;
    }
    case QEvent::MouseMove: {
        const auto* const mouse = static_cast<QMouseEvent*>(event);
        if (!m_isPressed || !mouse->buttons().testFlag(Qt::LeftButton))
            break;
        const int way = (mouse->position().toPoint() - m_pressed).manhattanLength();
        if (!m_isBegun && way >= QApplication::startDragDistance()) {
            m_isBegun = true;
            m_isSelectionDue = false;
            begin();
        }
        return true; // the list would choose further rows
    }
    case QEvent::MouseButtonRelease:
        if (m_isSelectionDue) {
            m_view->selectionModel()->setCurrentIndex(
                m_view->indexAt(m_pressed), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        }
        m_isPressed = m_isSelectionDue = false;
        if (m_isBegun)
            QToolTip::hideText();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

QList<ImageDrag::Wanted> ImageDrag::wanted() const
{
    const Chosen chosen = m_chosen();
    const bool isOci = m_settings.flag(u"export/oci"_s, false);
    QList<Wanted> list;
    QStringList used;
    for (const StoredImage& image : chosen.images) {
        Wanted one;
        const bool isOneName = chosen.images.size() == 1 && !chosen.name.isEmpty();
        one.item = {image.target, isOneName ? QStringList{chosen.name} : image.names};
        one.title = isOneName ? ShownName::of(chosen.name).familiar : imageTitle(image);
        one.isOci = isOci || artifactKindOf(image) != ArtifactKind::None;
        const QString base = archiveNameOf(image, isOneName ? chosen.name : QString());
        QString name = base;
        for (int i = 2; used.contains(name); ++i)
            name = base + u'_' + QString::number(i);
        used.append(name);
        one.fileName = name + u".tar"_s;
        one.key = QStringList{image.target.digest.toString(), one.fileName, one.item.names.join(u' '),
                              one.isOci ? u"oci"_s : u"docker"_s}
                      .join(u'\n');
        list.append(one);
    }
    return list;
}

void ImageDrag::begin()
{
    m_dragged = wanted();
    for (const Wanted& one : std::as_const(m_dragged)) {
        if (m_ready.contains(one.key) && !QFileInfo::exists(m_ready.value(one.key)))
            m_ready.remove(one.key); // somebody moved it away
        if (m_ready.contains(one.key)) {
            m_order.removeAll(one.key);
            m_order.append(one.key);
        } else if (!m_paths.contains(one.key)) {
            write(one);
        }
    }
    proceed();
}

void ImageDrag::write(const Wanted& wanted)
{
    if (!m_folder || !m_folder->isValid()) {
        QDir().mkpath(draggedFolder());
        m_folder = std::make_unique<QTemporaryDir>(draggedFolder() + u"/XXXXXX"_s);
    }
    // A folder for each, so that the file has the name that people shall see.
    const QString folder = m_folder->filePath(QString::number(++m_count));
    if (!m_folder->isValid() || !QDir().mkpath(folder)) {
        Q_EMIT told(explain(Error::make(Error::Code::Io, draggedFolder(), m_folder->errorString()),
                            {.doing = ErrorContext::Doing::Export}));
        return;
    }
    ExportRequest request;
    request.items = {wanted.item};
    request.file = folder + u'/' + wanted.fileName;
    request.format = wanted.isOci ? ArchiveFormat::OciArchive : ArchiveFormat::DockerArchive;
    m_paths.insert(wanted.key, request.file);
    m_workbench.exportImages(request).then(this, [this, key = wanted.key](const Result<QString>& job) {
        if (job)
            return;
        m_paths.remove(key);
        Q_EMIT told(explain(job.error(), {.doing = ErrorContext::Doing::Export}));
    });
}

void ImageDrag::jobChanged(const JobSnapshot& job)
{
    if (!isHolding() || !m_paths.values().contains(job.to))
        return;
    const int percent = job.bytesTotal > 0 ? int(job.bytesDone * 100 / job.bytesTotal) : 0;
    QToolTip::showText(QCursor::pos(),
                       tr("Writing %1: %2 %. Keep holding, it follows the pointer when it is ready.")
                           .arg(job.to.section(u'/', -1))
                           .arg(qBound(0, percent, 100)),
                       m_view);
}

void ImageDrag::jobFinished(const JobSnapshot& job)
{
    // By its file: the answer with the job's number may come after its end.
    const QString key = m_paths.key(job.to);
    if (job.kind != JobKind::Export || key.isEmpty())
        return;
    m_paths.remove(key);
    if (job.state == JobState::Done) {
        m_ready.insert(key, job.to);
        m_order.removeAll(key);
        m_order.append(key);
        forgetOldest();
        proceed();
        return;
    }
    m_dragged.clear();
    QToolTip::hideText();
    if (job.error && job.error->code != Error::Code::Cancelled)
        Q_EMIT told(explain(*job.error, {.doing = ErrorContext::Doing::Export}));
}

//! Begins the drag when all that belongs to it is there.
void ImageDrag::proceed()
{
    QStringList files;
    for (const Wanted& one : std::as_const(m_dragged)) {
        if (!m_ready.contains(one.key))
            return;
        files.append(m_ready.value(one.key));
    }
    if (files.isEmpty())
        return;
    if (isHolding()) {
        run(files);
        return;
    }
    const QString title = m_dragged.size() == 1
        ? tr("%1 is ready to be dragged.").arg(m_dragged.first().title)
        : tr("%n image(s) are ready to be dragged.", nullptr, int(m_dragged.size()));
    m_dragged.clear();
    Q_EMIT told({.tone = Tone::Info,
                 .title = title,
                 .text = tr("The archive is written now: drag the image again, and it comes along at once."),
                 .details = {},
                 .remedies = {}});
}

QString ImageDrag::text() const
{
    QStringList lines;
    for (const Wanted& one : m_dragged) {
        const QString digest = one.item.target.digest.toString();
        QStringList names;
        for (const QString& name : one.item.names)
            names.append(ShownName::of(name).familiar + u'@' + digest);
        lines.append(names.isEmpty() ? QStringList{digest} : names);
    }
    return lines.join(u'\n');
}

void ImageDrag::run(const QStringList& files)
{
    QToolTip::hideText();
    m_isPressed = m_isBegun = false; // the drag takes the release of the button
    QList<QUrl> urls;
    for (const QString& file : files)
        urls.append(QUrl::fromLocalFile(file));
    const QString names = text();
    auto* const data = new QMimeData;
    data->setUrls(urls);
    data->setText(names);
    QPointer<QDrag> drag = new QDrag(m_view);
    drag->setMimeData(data);
    const QString title =
        m_dragged.size() == 1 ? m_dragged.first().title : tr("%n image(s)", nullptr, int(m_dragged.size()));
    drag->setPixmap(dragPixmap(m_view, title));
    m_dragged.clear();
    Q_EMIT started(files, names);
    drag->exec(Qt::CopyAction);
}

void ImageDrag::forgetOldest()
{
    while (m_order.size() > std::max(MostKept, m_dragged.size())) {
        const QString path = m_ready.take(m_order.takeFirst());
        if (!path.isEmpty())
            QDir(QFileInfo(path).absolutePath()).removeRecursively();
    }
}

} // namespace Tagboat
