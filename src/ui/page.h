// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QWidget>

#include <functional>

class QAction;

namespace Tagboat {

class Actions;

/*!
 * \brief What the window shows beside the sidebar.
 *
 * A page binds the commands it can run. The window asks canRun() for each of them whenever the page says that
 * its answer may have changed, and hands a triggered command to the page that is shown.
 */
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(Actions& actions, QWidget* parent = nullptr);

    [[nodiscard]] bool canRun(const QAction* action) const;
    bool run(const QAction* action); //!< false where the page does not know it
    //! The page has become the one that is shown.
    virtual void activated() { }

Q_SIGNALS:
    void actionStatesChanged();

protected:
    //! \a can may be left out: always.
    void bind(const QAction* action, std::function<void()> run, std::function<bool()> can = {});
    //! The language changed: forms and own words are to be set anew.
    virtual void retranslate() = 0;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] Actions& actions() const { return m_actions; }

private:
    struct Binding
    {
        std::function<void()> run;
        std::function<bool()> can;
    };
    Actions& m_actions;
    QHash<const QAction*, Binding> m_bindings;
};

} // namespace Tagboat
