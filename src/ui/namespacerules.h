// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/identity.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace Tagboat {

/*!
 * \brief Which namespaces and repositories of its registry an account acts for: a row of place and use each.
 *
 * Children: ruleRow for each row, in it rulePath, ruleUse, ruleRemove; addRule (button), rulesNote.
 */
class NamespaceRules : public QWidget
{
    Q_OBJECT

public:
    explicit NamespaceRules(QWidget* parent = nullptr);
    ~NamespaceRules() override;

    void setRules(const QList<IdentityRule>& rules);
    //! Who has such a rule now, by name; empty: nobody but this account.
    void setHolder(std::function<QString(const IdentityRule&)> holder);
    //! What the rows say for \a registry, empty rows left out; InvalidInput, in words for the screen, for one
    //! that is no namespace.
    [[nodiscard]] Result<QList<IdentityRule>> rules(const QString& registry) const;
    //! Says of which rows another account had been the one so far.
    void tellHolders(const QString& registry);

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        QWidget* box = nullptr;
        QLineEdit* path = nullptr;
        QComboBox* use = nullptr;
    };
    using RowPtr = std::shared_ptr<Row>;

    void add(const IdentityRule& rule, const QString& path);
    void remove(const RowPtr& row);
    [[nodiscard]] Result<IdentityRule> ruleOf(const Row& row, const QString& registry) const;

    std::vector<RowPtr> m_rows;
    std::function<QString(const IdentityRule&)> m_holder;
    QVBoxLayout* m_list;
    QToolButton* m_add;
    QLabel* m_note;
};

} // namespace Tagboat
