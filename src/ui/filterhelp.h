// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagerows.h"

#include <QObject>

class QCompleter;
class QLineEdit;
class QMenu;
class QStringListModel;
class QToolButton;

namespace Tagboat {

/*!
 * \brief Lets the filter of images be put together without knowing its keys: a menu beside the field, and
 * words offered while typing.
 *
 * The menu is named filterMenu, its parts filterIs_untagged …, filterLarger, filterSmaller, filterOlder,
 * filterNewer, filterPlatform, filterRegistry, filterLabel (each a menu), filterClear.
 */
class FilterHelp : public QObject
{
    Q_OBJECT

public:
    //! \a button opens the menu; field and button must outlive this.
    FilterHelp(QLineEdit* field, QToolButton* button);
    //! Which registries, labels and platforms there are to choose from.
    void setRows(const ImageRows::Ptr& rows) { m_rows = rows; }
    void retranslate();

private:
    void fillMenu();
    QMenu* addMenu(const QString& name, const QString& title);
    void addChoices(const QString& name, const QString& title, const QString& key,
                    const QList<std::pair<QString, QString>>& choices);
    void addFound(const QString& name, const QString& title, const QString& key, const QStringList& found);
    void addLabels();
    //! Puts \a word into the filter in place of another one of the same key, or takes it out again.
    void toggle(const QString& word, const QString& key);
    [[nodiscard]] bool isThere(const QString& word) const;

    void offer();
    void complete(const QString& word);
    [[nodiscard]] QStringList offered(const QString& begun) const;

    QLineEdit* m_field;
    QMenu* m_menu;
    QCompleter* m_completer;
    QStringListModel* m_offered;
    ImageRows::Ptr m_rows;
};

} // namespace Tagboat
