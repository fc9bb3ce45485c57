// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgettools.h"

#include "models/roles.h"
#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/metrics.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLayout>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString withoutMnemonic(QString text)
{
    static constexpr QChar Mark(u'&');
    // Korean menus carry their mnemonic as "(&P)" behind the word.
    if (const auto at = text.indexOf("(&"_L1); at >= 0 && text.size() > at + 3 && text[at + 3] == u')')
        text.remove(at, 4);
    return text.remove(Mark).simplified();
}

//! Copies rows on the standard shortcut; lives and dies with its view.
class RowCopier : public QObject
{
public:
    explicit RowCopier(QAbstractItemView* view) : QObject(view), m_view(view)
    {
        view->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride
            && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress
            && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
            copy();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void copy() const
    {
        auto rows = m_view->selectionModel()->selectedRows();
        std::ranges::sort(rows);
        QStringList lines;
        for (const QModelIndex& row : rows) {
            QStringList cells;
            for (int column = 0; column < m_view->model()->columnCount(row.parent()); ++column) {
                const QModelIndex cell = row.siblingAtColumn(column);
                const QVariant text = cell.data(Role::CopyText);
                cells.append(text.isValid() ? text.toString() : cell.data(Qt::DisplayRole).toString());
            }
            lines.append(cells.join(u'\t'));
        }
        if (!lines.isEmpty())
            copyText(lines.join(u'\n'));
    }

    QAbstractItemView* m_view;
};

//! Keeps a label's look when font or palette change.
class LabelLook : public QObject
{
public:
    enum class Look { Title, Small, Muted };
    LabelLook(QLabel* label, Look look) : QObject(label), m_label(label), m_look(look)
    {
        label->installEventFilter(this);
        apply();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange
            || event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::StyleChange)
            apply();
        return QObject::eventFilter(watched, event);
    }

private:
    void apply()
    {
        switch (m_look) {
        case Look::Title: {
            QFont font = QApplication::font();
            font.setBold(true);
            font.setPointSizeF(font.pointSizeF() * 1.35);
            m_label->setFont(font);
            break;
        }
        case Look::Small:
            m_label->setFont(smallFont(QApplication::font()));
            break;
        case Look::Muted: {
            QPalette palette = m_label->palette();
            palette.setColor(QPalette::WindowText, Colors::of(QApplication::palette()).muted);
            m_label->setPalette(palette);
            break;
        }
        }
    }

    QLabel* m_label;
    Look m_look;
};

//! Gives a column what the others leave.
class ColumnStretcher : public QObject
{
public:
    ColumnStretcher(QTreeView* view, int column, int characters, QList<int> dispensable)
        : QObject(view), m_view(view), m_column(column), m_characters(characters),
          m_dispensable(std::move(dispensable))
    {
        setObjectName(Name);
        view->viewport()->installEventFilter(this);
        connect(view->header(), &QHeaderView::sectionResized, this, [this](int section) {
            if (section != m_column && !m_isAdjusting)
                adjust();
        });
    }

    [[nodiscard]] static ColumnStretcher* of(const QTreeView* view)
    {
        return static_cast<ColumnStretcher*>(view->findChild<QObject*>(Name, Qt::FindDirectChildrenOnly));
    }
    //! Columns that nobody wants stay hidden, whatever room there is.
    [[nodiscard]] const QList<int>& unwanted() const { return m_unwanted; }
    void setUnwanted(const QList<int>& columns)
    {
        for (int column = 0; column < m_view->header()->count(); ++column)
            m_view->header()->setSectionHidden(column, columns.contains(column));
        m_unwanted = columns;
        adjust();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize)
            adjust();
        return QObject::eventFilter(watched, event);
    }

private:
    static constexpr QLatin1StringView Name = QLatin1StringView("columnStretcher");

    void adjust()
    {
        m_isAdjusting = true;
        QHeaderView* header = m_view->header();
        const int least = m_view->fontMetrics().averageCharWidth() * m_characters;
        for (const int column : std::as_const(m_dispensable))
            header->setSectionHidden(column, m_unwanted.contains(column));
        const auto room = [&] {
            return m_view->viewport()->width() - header->length() + header->sectionSize(m_column);
        };
        for (const int column : std::as_const(m_dispensable)) {
            if (room() >= least)
                break;
            header->setSectionHidden(column, true);
        }
        header->resizeSection(m_column, qMax(least, room()));
        m_isAdjusting = false;
    }

    QTreeView* m_view;
    int m_column;
    int m_characters;
    QList<int> m_dispensable;
    QList<int> m_unwanted;
    bool m_isAdjusting = false;
};

} // namespace

void linkButton(QAbstractButton* button, QAction* action, bool primary)
{
    setPrimary(button, primary);
    const auto update = [button, action, primary] {
        const QString text = withoutMnemonic(action->text());
        button->setText(text);
        button->setIcon(primary ? iconOnAccent(action->icon().name()) : action->icon());
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        const QString tip = withoutMnemonic(action->toolTip());
        button->setToolTip(keys.isEmpty() ? tip : u"%1 (%2)"_s.arg(tip, keys));
        button->setAccessibleName(text);
        button->setEnabled(action->isEnabled());
    };
    update();
    QObject::connect(action, &QAction::changed, button, update);
    QObject::connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
}

void setPageMargins(QLayout* layout)
{
    const Metrics metrics(QFontMetrics(QApplication::font()));
    const int side = metrics.line * 8 / 9;
    layout->setContentsMargins(side, metrics.gap() * 2, side, metrics.gap() * 2);
}

void makeCopyable(QAbstractItemView* view)
{
    new RowCopier(view);
}

void copyText(const QString& text)
{
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->setText(text);
    if (clipboard->supportsSelection())
        clipboard->setText(text, QClipboard::Selection);
}

void makeTitle(QLabel* label)
{
    new LabelLook(label, LabelLook::Look::Title);
}

void makeSmall(QLabel* label)
{
    new LabelLook(label, LabelLook::Look::Small);
}

void makeMuted(QLabel* label)
{
    new LabelLook(label, LabelLook::Look::Muted);
}

void setColumnWidths(QHeaderView* header, const QList<int>& characters)
{
    const int unit = header->fontMetrics().averageCharWidth();
    header->setMinimumSectionSize(unit * 4);
    for (int i = 0; i < characters.size() && i < header->count(); ++i) {
        if (characters[i] == 0)
            header->setSectionResizeMode(i, QHeaderView::Stretch);
        else
            header->resizeSection(i, unit * characters[i]);
    }
}

void stretchColumn(QTreeView* view, int column, int characters, const QList<int>& dispensable)
{
    view->header()->setStretchLastSection(false);
    new ColumnStretcher(view, column, characters, dispensable);
}

QList<int> unwantedColumns(const QTreeView* view)
{
    return ColumnStretcher::of(view)->unwanted();
}

void setUnwantedColumns(QTreeView* view, const QList<int>& columns)
{
    ColumnStretcher::of(view)->setUnwanted(columns);
}

QString rowsText(const QAbstractItemView* view)
{
    auto rows = view->selectionModel()->selectedRows();
    std::ranges::sort(rows);
    QList<int> columns;
    const auto* tree = qobject_cast<const QTreeView*>(view);
    for (int place = 0; place < view->model()->columnCount(); ++place) {
        const int column = tree ? tree->header()->logicalIndex(place) : place;
        if (!tree || !tree->header()->isSectionHidden(column))
            columns.append(column);
    }
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows)) {
        QStringList cells;
        for (const int column : std::as_const(columns)) {
            const QModelIndex cell = row.siblingAtColumn(column);
            const QVariant text = cell.data(Role::CopyText);
            cells.append(text.isValid() ? text.toString() : cell.data(Qt::DisplayRole).toString());
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

} // namespace Tagboat
