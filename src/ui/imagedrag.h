// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"
#include "store/imagestore.h"
#include "ui/errortext.h"

#include <QHash>
#include <QObject>
#include <QPoint>

#include <functional>
#include <memory>

class QAbstractItemView;
class QTemporaryDir;

namespace Tagboat {

class UiSettings;
class Workbench;
struct JobSnapshot;

/*!
 * \brief Lets images be dragged out of a list, as archives, into a file manager or another program.
 *
 * Whoever takes a drop wants a file that is there: X11 and Wayland hand over addresses, and the ways to write
 * only after the drop (XdndDirectSave) are known to few programs and hold up the window while they write. So
 * the archive is written, as a job like any other, into a folder of the cache when the pointer begins to
 * move. The drag begins as soon as it is whole and the button is still held, which small images reach in no
 * time; else a message says that it is ready, and the next drag begins at once. An archive is kept for
 * further drags of the same image, and goes when the program ends, or when newer ones take its place.
 *
 * With the addresses of the files go the names and digests as text. Limit: a program that reads the file only
 * after this one has ended finds nothing.
 */
class ImageDrag : public QObject
{
    Q_OBJECT

public:
    //! What is dragged when a drag begins: the chosen images, and the name that was chosen where that is one.
    struct Chosen
    {
        QList<StoredImage> images;
        QString name; //!< canonical; may be empty
    };

    ImageDrag(Workbench& workbench, UiSettings& settings, QAbstractItemView* view,
              std::function<Chosen()> chosen);
    ~ImageDrag() override;

    //! How many archives are kept for further drags.
    static constexpr qsizetype MostKept = 8;

Q_SIGNALS:
    //! Something is to be said: what is ready, what failed.
    void told(const Tagboat::ErrorText& text);
    //! A drag of these files begins.
    void started(const QStringList& files, const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Wanted
    {
        QString key;
        ExportItem item;
        QString title;
        QString fileName;
        bool isOci = false;
    };

    void begin();
    void write(const Wanted& wanted);
    void jobChanged(const JobSnapshot& job);
    void jobFinished(const JobSnapshot& job);
    void proceed();
    void run(const QStringList& files);
    void forgetOldest();
    [[nodiscard]] QList<Wanted> wanted() const;
    [[nodiscard]] bool isHolding() const;
    [[nodiscard]] QString text() const;

    Workbench& m_workbench;
    UiSettings& m_settings;
    QAbstractItemView* m_view;
    std::function<Chosen()> m_chosen;
    std::unique_ptr<QTemporaryDir> m_folder;
    int m_count = 0;
    QHash<QString, QString> m_ready; //!< files by key
    QStringList m_order;             //!< keys of m_ready, the one used last at the end
    QHash<QString, QString> m_paths; //!< files being written, by key
    QList<Wanted> m_dragged;         //!< what is being made ready
    QPoint m_pressed;
    bool m_isPressed = false;
    bool m_isBegun = false; //!< the pointer has moved far enough since
    bool m_isSelectionDue =
        false; //!< a press on one of several chosen rows, which would have chosen it alone
};

//! Archives of drags that programs which ended otherwise left behind.
void sweepDraggedArchives();

} // namespace Tagboat
