// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/namespacerules.h"

#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/widgettools.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The whole registry, where something stands in for no path.
constexpr auto All = "*"_L1;

} // namespace

NamespaceRules::NamespaceRules(QWidget* parent)
    : QWidget(parent), m_list(new QVBoxLayout), m_add(new QToolButton(this)), m_note(new QLabel(this))
{
    const Metrics lengths(fontMetrics());
    m_list->setContentsMargins({});
    m_list->setSpacing(lengths.gap());
    m_add->setObjectName(u"addRule"_s);
    m_add->setText(tr("Use for a namespace…"));
    m_add->setToolTip(
        tr("Act as this account for a namespace or repository, whatever account is the default"));
    m_add->setIcon(icon(u"add"_s));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setFocusPolicy(Qt::StrongFocus);
    m_note->setObjectName(u"rulesNote"_s);
    m_note->setWordWrap(true);
    makeMuted(m_note);
    m_note->hide();
    connect(m_add, &QToolButton::clicked, this, [this] {
        add({}, {});
        m_rows.back()->path->setFocus();
        Q_EMIT changed();
    });

    // A dialog grows with the rows rather than squeezing them.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(lengths.gap());
    layout->addLayout(m_list);
    layout->addWidget(m_note);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
}

NamespaceRules::~NamespaceRules() = default;

void NamespaceRules::setRules(const QList<IdentityRule>& rules)
{
    for (const IdentityRule& rule : rules)
        add(rule, rule.path.isEmpty() ? QString(All) : rule.path);
}

void NamespaceRules::setHolder(std::function<QString(const IdentityRule&)> holder)
{
    m_holder = std::move(holder);
}

void NamespaceRules::add(const IdentityRule& rule, const QString& path)
{
    const auto row = std::make_shared<Row>();
    row->box = new QWidget(this);
    row->box->setObjectName(u"ruleRow"_s);
    row->box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    row->path = new QLineEdit(path, row->box);
    row->path->setObjectName(u"rulePath"_s);
    row->path->setAccessibleName(tr("Namespace or repository"));
    row->path->setPlaceholderText(tr("namespace, or namespace/repository"));
    row->use = new QComboBox(row->box);
    row->use->setObjectName(u"ruleUse"_s);
    row->use->setAccessibleName(tr("What the account is used for there"));
    row->use->addItem(tr("pull and push"), int(IdentityRule::Use::Any));
    row->use->addItem(tr("push only"), int(IdentityRule::Use::Push));
    row->use->addItem(tr("pull only"), int(IdentityRule::Use::Pull));
    row->use->setCurrentIndex(row->use->findData(int(rule.use)));
    auto* away = new QToolButton(row->box);
    away->setObjectName(u"ruleRemove"_s);
    away->setIcon(icon(u"close"_s));
    away->setAutoRaise(true);
    away->setFocusPolicy(Qt::StrongFocus);
    away->setToolTip(tr("Do not use the account for this namespace"));
    away->setAccessibleName(away->toolTip());
    auto* layout = new QHBoxLayout(row->box);
    layout->setContentsMargins({});
    layout->setSpacing(Metrics(fontMetrics()).gap());
    layout->addWidget(row->path, 1);
    layout->addWidget(row->use);
    layout->addWidget(away);
    connect(row->path, &QLineEdit::textChanged, this, &NamespaceRules::changed);
    connect(row->use, &QComboBox::currentIndexChanged, this, &NamespaceRules::changed);
    connect(away, &QToolButton::clicked, this, [this, row] { remove(row); });
    QWidget* const before = m_rows.empty() ? nullptr : m_rows.back()->box;
    m_rows.push_back(row);
    m_list->addWidget(row->box);
    if (before)
        setTabOrder(before, row->path);
    setTabOrder({row->path, row->use, away, m_add});
    row->box->show();
}

void NamespaceRules::remove(const RowPtr& row)
{
    std::erase(m_rows, row);
    m_list->removeWidget(row->box);
    row->box->hide();
    row->box->deleteLater();
    m_add->setFocus();
    Q_EMIT changed();
}

Result<IdentityRule> NamespaceRules::ruleOf(const Row& row, const QString& registry) const
{
    const QString path = row.path->text().trimmed();
    // Whoever pastes a whole name means what is below its host.
    const QString place = path.startsWith(registry + u'/') ? path : QString(registry + u'/' + path);
    auto rule = ruleForPlace(place);
    if (!rule)
        return fail(Error::Code::InvalidInput, path,
                    tr("“%1” is no namespace or repository of %2.").arg(path, registry));
    rule->use = static_cast<IdentityRule::Use>(row.use->currentData().toInt());
    return rule;
}

Result<QList<IdentityRule>> NamespaceRules::rules(const QString& registry) const
{
    QList<IdentityRule> rules;
    for (const RowPtr& row : m_rows) {
        if (row->path->text().trimmed().isEmpty())
            continue;
        auto rule = ruleOf(*row, registry);
        if (!rule)
            return std::unexpected(std::move(rule.error()));
        rules.append(*rule);
    }
    return rules;
}

void NamespaceRules::tellHolders(const QString& registry)
{
    QStringList lines;
    for (const RowPtr& row : m_rows) {
        const auto rule =
            row->path->text().trimmed().isEmpty() ? std::nullopt : std::optional(ruleOf(*row, registry));
        if (!rule)
            continue;
        if (!*rule)
            lines.append(rule->error().message);
        else if (const QString name = m_holder ? m_holder(**rule) : QString(); !name.isEmpty())
            lines.append(tr("So far %1 is used for %2.").arg(name, (*rule)->path));
    }
    m_note->setText(lines.join(u'\n'));
    m_note->setVisible(!lines.isEmpty());
}

} // namespace Tagboat
