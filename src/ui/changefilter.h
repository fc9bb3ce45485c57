// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"

#include <QList>
#include <QWidget>

class QToolButton;

namespace Tagboat {

/*!
 * \brief Buttons that narrow a list to what was added, changed or deleted; none pressed: all of it.
 *
 * Children: showAdded, showChanged, showDeleted. A kind of which there is nothing cannot be pressed.
 */
class ChangeFilter : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeFilter(QWidget* parent = nullptr);
    void setCounts(int added, int changed, int deleted);
    //! Only signs and numbers on the buttons; the words are in the tool tips.
    void setCompact(bool compact);
    [[nodiscard]] QList<FileNode::Change> chosen() const;
    void clear();
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    struct Kind
    {
        FileNode::Change change;
        QToolButton* button;
        int count = 0;
    };
    QToolButton* add(FileNode::Change change, const char* name);
    QList<Kind> m_kinds;
    bool m_isCompact = false;
};

} // namespace Tagboat
