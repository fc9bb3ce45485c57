// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QWidget>

class QDropEvent;
class QMimeData;

namespace Tagboat {

/*!
 * \brief Makes a whole window a place to drop files and folders on, fields and lists in it included, and
 * shows while they hover over it what a drop would do.
 *
 * It covers the window only during a drag. Drags that begin in this program are none of its business.
 */
class DropZone : public QWidget
{
    Q_OBJECT

public:
    explicit DropZone(QWidget* window);
    ~DropZone() override;

Q_SIGNALS:
    void dropped(const QStringList& files);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void hover(const QStringList& files);
    [[nodiscard]] bool isOurs(const QObject* watched) const;

    QString m_title;
    QString m_text;
};

} // namespace Tagboat
