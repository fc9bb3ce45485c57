// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/treemapaccess.h"

#include "ui/treemap.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QWindow>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! A rectangle, by its position: whatever is there now.
class TileAccess : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    TileAccess(Treemap* map, int tile) : m_map(map), m_tile(tile) { }

    [[nodiscard]] bool isValid() const override { return m_map && m_tile < m_map->tiles().size(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override
    {
        return m_map ? m_map->window()->windowHandle() : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_map);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const TreemapTile& tile = m_map->tiles().at(m_tile);
        if (kind == QAccessible::Name)
            return tile.accessibleName;
        return kind == QAccessible::Description ? tile.toolTip : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect place = m_map->placeOf(m_tile);
        return {m_map->mapToGlobal(place.topLeft()), place.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = true;
        state.selectable = true;
        state.selected = m_map->current() == m_tile;
        state.focused = state.selected && m_map->hasFocus();
        state.invisible = !m_map->isVisible();
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override
    {
        if (isValid() && action == pressAction())
            m_map->choose(m_tile);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<Treemap> m_map;
    int m_tile;
};

class TreemapAccess : public QAccessibleWidget
{
public:
    explicit TreemapAccess(Treemap* map) : QAccessibleWidget(map, QAccessible::List) { }
    ~TreemapAccess() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }
    Q_DISABLE_COPY_MOVE(TreemapAccess)

    [[nodiscard]] int childCount() const override { return int(map().tiles().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        if (const auto known = m_children.constFind(index); known != m_children.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto* tile = new TileAccess(&map(), index);
        m_children.insert(index, QAccessible::registerAccessibleInterface(tile));
        return tile;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (auto known = m_children.cbegin(); known != m_children.cend(); ++known) {
            if (QAccessible::accessibleInterface(*known) == child)
                return known.key();
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(map().tileAt(map().mapFromGlobal(QPoint(x, y))));
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        return map().hasFocus() ? child(map().current()) : nullptr;
    }

private:
    [[nodiscard]] Treemap& map() const { return *static_cast<Treemap*>(widget()); }
    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeAccess(const QString&, QObject* object)
{
    auto* map = qobject_cast<Treemap*>(object);
    return map ? new TreemapAccess(map) : nullptr;
}

} // namespace

void installTreemapAccess()
{
    static bool isInstalled = false;
    if (!isInstalled)
        QAccessible::installFactory(makeAccess);
    isInstalled = true;
}

} // namespace Tagboat
