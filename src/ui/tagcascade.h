// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QHBoxLayout;
class QLabel;

namespace Tagboat {

/*!
 * \brief The shorter tags that a version may carry along, one check box each: 2.1.106 offers 2.1, 2 and
 * latest.
 *
 * latest, and every shorter tag, is only offered to the highest version that it stands for (see
 * TagVersion::cascadeAmong()); the hint beside the boxes tells which stay where they are.
 *
 * None is checked by itself: a tag that others use moves only when asked. The boxes are named cascade_2.1,
 * cascade_latest …
 */
class TagCascade : public QWidget
{
    Q_OBJECT

public:
    //! \a edit is where the tag is typed: the boxes follow it in the tab order.
    explicit TagCascade(QWidget* edit, QWidget* parent = nullptr);
    //! What was checked stays so where it is still offered. Hidden where the tag is no version.
    void setTag(const QString& tag);
    //! Tags that the repository has: what a higher version among them holds is not offered.
    void setKnownTags(const QStringList& tags);
    [[nodiscard]] QStringList chosen() const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void update();
    void retranslate();

    QWidget* m_edit;
    QString m_tag;
    QStringList m_known;
    QStringList m_held; //!< by higher versions
    QStringList m_offered;
    QList<QCheckBox*> m_boxes;
    QHBoxLayout* m_layout;
    QLabel* m_hint;
};

} // namespace Tagboat
