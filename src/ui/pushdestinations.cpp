// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pushdestinations.h"

#include "ui/icons.h"
#include "ui/metrics.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! So many rows are seen at once; more are scrolled to.
constexpr int MostRows = 3;

QStringList tagsIn(const QString& text)
{
    static const QRegularExpression between(u"[,\\s]+"_s);
    return text.split(between, Qt::SkipEmptyParts);
}

} // namespace

PushDestinations::PushDestinations(QWidget* parent)
    : QWidget(parent), m_area(new QScrollArea(this)), m_list(nullptr), m_add(new QToolButton(this))
{
    const Metrics lengths(fontMetrics());
    auto* contents = new QWidget(m_area);
    m_list = new QVBoxLayout(contents);
    m_list->setContentsMargins({});
    m_list->setSpacing(lengths.gap());
    m_area->setWidget(contents);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_area->viewport()->setAutoFillBackground(false);
    contents->setAutoFillBackground(false);
    blendScrollBar();
    m_area->hide();

    m_add->setObjectName(u"addDestination"_s);
    m_add->setText(tr("Also push to…"));
    m_add->setToolTip(tr("Push the image to another registry or repository in the same transfer"));
    m_add->setIcon(icon(u"add"_s));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setFocusPolicy(Qt::StrongFocus);
    connect(m_add, &QToolButton::clicked, this, &PushDestinations::add);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(lengths.gap());
    layout->addWidget(m_area);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
}

PushDestinations::~PushDestinations() = default;

void PushDestinations::setName(const std::optional<Reference>& name)
{
    m_name = name;
}

void PushDestinations::setAccounts(const QList<Profile>& profiles)
{
    m_profiles = profiles;
    m_add->setEnabled(!profiles.isEmpty());
    for (const RowPtr& row : m_rows) {
        const ChosenAccount before = chosenAccount(row->account);
        fillAccounts(row->account, m_profiles, before.profile, before.registry);
    }
}

void PushDestinations::setFirst(const ChosenAccount& account, const QStringList& tags)
{
    m_first = account;
    m_tags = tags;
    for (const RowPtr& row : m_rows) {
        if (!row->tagsAreOwn)
            row->tags->setText(tags.join(u", "_s));
    }
}

//! The first account that no destination uses yet, else the one that is chosen above.
int PushDestinations::unusedAccount(const QComboBox* box) const
{
    QStringList used{m_first.registry};
    for (const RowPtr& row : m_rows)
        used.append(chosenAccount(row->account).registry);
    for (int i = 0; i < box->count(); ++i) {
        if (!used.contains(accountAt(box, i).registry))
            return i;
    }
    return std::max(0, box->findData(m_first.profile, ProfileRole));
}

void PushDestinations::add()
{
    const Metrics lengths(fontMetrics());
    const auto row = std::make_shared<Row>();
    row->box = new QWidget(m_area->widget());
    row->box->setObjectName(u"furtherRow"_s);
    row->account = new QComboBox(row->box);
    row->account->setObjectName(u"furtherAccount"_s);
    row->account->setAccessibleName(tr("Account to push as"));
    row->account->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->account->setMinimumContentsLength(18);
    row->repository = new QLineEdit(row->box);
    row->repository->setObjectName(u"furtherRepository"_s);
    row->repository->setAccessibleName(tr("Repository"));
    row->repository->setPlaceholderText(tr("name, or group/name"));
    row->tags = new QLineEdit(m_tags.join(u", "_s), row->box);
    row->tags->setObjectName(u"furtherTags"_s);
    row->tags->setAccessibleName(tr("Tags"));
    row->tags->setPlaceholderText(tr("tags"));
    row->tags->setToolTip(tr("One tag, or several with commas between them"));
    row->tags->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    auto* away = new QToolButton(row->box);
    away->setObjectName(u"furtherRemove"_s);
    away->setIcon(icon(u"close"_s));
    away->setAutoRaise(true);
    away->setFocusPolicy(Qt::StrongFocus);
    away->setToolTip(tr("Do not push to this destination"));
    away->setAccessibleName(away->toolTip());
    auto* layout = new QHBoxLayout(row->box);
    layout->setContentsMargins({});
    layout->setSpacing(lengths.gap());
    layout->addWidget(row->account, 2);
    layout->addWidget(row->repository, 3);
    layout->addWidget(row->tags, 2);
    layout->addWidget(away);

    fillAccounts(row->account, m_profiles, {}, {});
    row->account->setCurrentIndex(unusedAccount(row->account));
    propose(row);
    connect(row->account, &QComboBox::currentIndexChanged, this, [this, row] {
        row->accountIsOwn = true; // whatever else chooses does so without a signal
        propose(row);
        Q_EMIT changed();
    });
    connect(row->repository, &QLineEdit::textChanged, this, &PushDestinations::changed);
    connect(row->tags, &QLineEdit::textChanged, this, &PushDestinations::changed);
    connect(row->repository, &QLineEdit::textEdited, this, [this, row] {
        row->repositoryIsOwn = true;
        followRules(row);
    });
    connect(row->tags, &QLineEdit::textEdited, this, [row] { row->tagsAreOwn = true; });
    connect(away, &QToolButton::clicked, this, [this, row] { remove(row); });

    m_rows.push_back(row);
    m_list->addWidget(row->box);
    setTabOrder(m_rows.size() > 1 ? m_rows[m_rows.size() - 2]->box : m_area, row->account);
    setTabOrder({row->account, row->repository, row->tags, away, m_add});
    row->box->show();
    fitHeight();
    m_area->ensureWidgetVisible(row->box);
    row->repository->setFocus();
    row->repository->selectAll();
    Q_EMIT changed();
}

void PushDestinations::remove(const RowPtr& row)
{
    std::erase(m_rows, row);
    m_list->removeWidget(row->box);
    row->box->hide();
    row->box->deleteLater();
    fitHeight();
    m_add->setFocus();
    Q_EMIT changed();
}

//! A second repository beside the first is the person's to name: the proposal would be the first itself.
void PushDestinations::propose(const RowPtr& row)
{
    if (row->repositoryIsOwn)
        return;
    const ChosenAccount account = chosenAccount(row->account);
    const bool isBeside = account.registry == m_first.registry && account.profile == m_first.profile;
    row->repository->setText(isBeside ? QString() : proposedRepository(m_name, account));
}

void PushDestinations::followRules(const RowPtr& row)
{
    if (row->accountIsOwn || !m_chooser)
        return;
    const QString registry = chosenAccount(row->account).registry;
    const auto place =
        Reference::parseRepository(QString(registry + u'/' + row->repository->text().trimmed()));
    if (!place)
        return;
    const IdentityChoice usual =
        m_chooser({.registry = registry, .repository = place->repository(), .use = RepositoryUse::Push});
    if (usual.profile)
        Tagboat::chooseAccount(row->account, usual.profile->id);
}

int PushDestinations::shownRows() const
{
    return std::min(MostRows, int(m_rows.size()));
}

//! It stands on the dialog, not on a list.
void PushDestinations::blendScrollBar()
{
    QPalette colors;
    colors.setColor(QPalette::Base, palette().color(QPalette::Window));
    m_area->verticalScrollBar()->setPalette(colors);
}

void PushDestinations::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        blendScrollBar();
}

void PushDestinations::fitHeight()
{
    const int rows = shownRows();
    m_area->setVisible(rows > 0);
    if (rows > 0) {
        const int height = m_rows.front()->box->sizeHint().height();
        m_area->setFixedHeight(rows * height + (rows - 1) * m_list->spacing());
    }
    updateGeometry();
}

Result<PushTarget> PushDestinations::targetOf(const Row& row) const
{
    const ChosenAccount account = chosenAccount(row.account);
    const QString repository = row.repository->text().trimmed();
    QStringList tags = tagsIn(row.tags->text());
    if (repository.isEmpty())
        return fail(Error::Code::InvalidInput, repository,
                    tr("%1: a repository name is needed").arg(row.account->currentText()));
    if (tags.isEmpty())
        return fail(Error::Code::InvalidInput, repository, tr("%1: a tag is needed").arg(repository));
    auto place = Reference::parseRepository(QString(account.registry + u'/' + repository));
    if (!place)
        return std::unexpected(place.error());
    auto tagged = place->withTag(tags.takeFirst());
    if (!tagged)
        return std::unexpected(tagged.error());
    return PushTarget{*tagged, tags, account.profile};
}

Result<QList<PushTarget>> PushDestinations::targets() const
{
    QList<PushTarget> targets;
    for (const RowPtr& row : m_rows) {
        auto target = targetOf(*row);
        if (!target)
            return std::unexpected(std::move(target.error()));
        targets.append(*target);
    }
    return targets;
}

QList<PushTarget> PushDestinations::completeTargets() const
{
    QList<PushTarget> targets;
    for (const RowPtr& row : m_rows) {
        if (const auto target = targetOf(*row))
            targets.append(*target);
    }
    return targets;
}

PushDestinations::RowPtr PushDestinations::rowOf(const PushTarget& target) const
{
    const auto found = std::ranges::find_if(m_rows, [this, &target](const RowPtr& row) {
        const auto own = targetOf(*row);
        return own && own->profile == target.profile
            && own->destination.registry() == target.destination.registry()
            && own->destination.repository() == target.destination.repository();
    });
    return found == m_rows.end() ? nullptr : *found;
}

bool PushDestinations::chooseAccount(const PushTarget& of, const Profile& account)
{
    const RowPtr row = rowOf(of);
    if (!row)
        return false;
    fillAccounts(row->account, m_profiles, account.id, account.registry);
    row->accountIsOwn = true;
    propose(row);
    Q_EMIT changed();
    return true;
}

bool PushDestinations::setRepository(const PushTarget& of, const QString& repository)
{
    const RowPtr row = rowOf(of);
    if (!row)
        return false;
    row->repositoryIsOwn = true;
    row->repository->setText(repository);
    return true;
}

bool PushDestinations::askForAccount(const PushTarget& of)
{
    const RowPtr row = rowOf(of);
    if (!row || row->account->count() < 2)
        return false;
    row->account->setFocus();
    row->account->showPopup();
    return true;
}

} // namespace Tagboat
