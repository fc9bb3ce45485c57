// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/outdateddialog.h"

#include "models/imagenames.h"
#include "models/text.h"
#include "ui/dialogs.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/itemdelegate.h"
#include "ui/metrics.h"
#include "ui/newstext.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_outdateddialog.h"

#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

enum Column : int { TitleColumn, WasColumn, NowColumn, CheckedColumn };

//! Of a row, in its first column.
enum DataRole : int {
    ReferenceRole = Role::FirstOwnRole, //!< canonical, of what can be pulled; empty: nothing
    ImagesRole,                         //!< QStringList of root digests
    NameRole,                           //!< canonical name of the image to be shown
    KeyRole,                            //!< what makes it the same row after a check
};

QStringList textsOf(const QList<Digest>& digests)
{
    QStringList texts;
    for (const Digest& digest : digests)
        texts.append(digest.toString());
    return texts;
}

QString rowText(const QTreeWidgetItem* item)
{
    QStringList cells;
    for (int column = 0; column < item->columnCount(); ++column) {
        const QString copied = item->data(column, Role::CopyText).toString();
        cells.append(copied.isEmpty() ? item->text(column) : copied);
    }
    return cells.join(u'\t');
}

} // namespace

OutdatedDialog::OutdatedDialog(Workbench& workbench, std::function<void(const QString&)> show,
                               QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_show(std::move(show)),
      m_ui(std::make_unique<Ui::OutdatedDialog>())
{
    m_ui->setupUi(this);
    const Metrics metrics(fontMetrics());
    makeTitle(m_ui->headline);
    makeTitle(m_ui->emptyTitle);
    makeMuted(m_ui->checkedLabel);
    makeMuted(m_ui->emptyText);
    makeMuted(m_ui->hint);
    m_ui->emptyText->setFixedWidth(fontMetrics().averageCharWidth() * 76);
    m_ui->buttons->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setPrimary(m_ui->pullButton);
    setPrimary(m_ui->emptyCheckButton);
    m_ui->pullButton->setIcon(iconOnAccent(u"pull"_s));
    m_ui->checkButton->setIcon(icon(u"radar"_s));
    m_ui->emptyCheckButton->setIcon(iconOnAccent(u"radar"_s));
    m_ui->copyButton->setIcon(icon(u"copy"_s));
    m_ui->list->setItemDelegate(new ItemDelegate(m_ui->list));
    m_ui->list->setIndentation(metrics.line);
    m_ui->list->header()->setStretchLastSection(false);
    setColumnWidths(m_ui->list->header(), {0, 16, 16, 18});
    m_ui->list->setMinimumSize(fontMetrics().averageCharWidth() * 92, metrics.rowHeight() * 12);
    makeCopyable(m_ui->list);

    connect(m_ui->list, &QTreeWidget::itemSelectionChanged, this, &OutdatedDialog::choiceChanged);
    connect(m_ui->list, &QTreeWidget::currentItemChanged, this, &OutdatedDialog::choiceChanged);
    connect(m_ui->list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        if (item->childCount() == 0)
            showInList();
    });
    connect(m_ui->list, &QWidget::customContextMenuRequested, this, &OutdatedDialog::showMenu);
    connect(m_ui->pullButton, &QPushButton::clicked, this, &OutdatedDialog::pull);
    connect(m_ui->showButton, &QPushButton::clicked, this, &OutdatedDialog::showInList);
    connect(m_ui->copyButton, &QPushButton::clicked, this, [this] { copy(true); });
    for (QPushButton* button : {m_ui->checkButton, m_ui->emptyCheckButton}) {
        connect(button, &QPushButton::clicked, this, [this] {
            m_ui->strip->clear();
            if (m_workbench.isCheckingForNews())
                m_workbench.stopNewsCheck();
            else
                m_workbench.checkForNews();
        });
    }
    connect(&workbench, &Workbench::newsChanged, this, &OutdatedDialog::fill);
    connect(&workbench, &Workbench::newsCheckChanged, this, &OutdatedDialog::showState);
    connect(&workbench, &Workbench::newsChecked, this, &OutdatedDialog::report);
    auto* const clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &OutdatedDialog::showState);
    clock->start(1min);
    m_ui->pullButton->setDefault(true);
    retranslate();
}

OutdatedDialog::~OutdatedDialog() = default;

void OutdatedDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void OutdatedDialog::retranslate()
{
    m_ui->retranslateUi(this);
    m_ui->pullButton->setText(tr("Pull new base…"));
    m_ui->showButton->setToolTip(tr("Choose this image in the list of images"));
    fill();
}

QString OutdatedDialog::titleOf(const Digest& image) const
{
    const auto found = m_images.constFind(image);
    return found == m_images.cend() ? image.shortHex() : imageTitle(*found);
}

QTreeWidgetItem* OutdatedDialog::addGroup(const QString& key, const QString& title, const Badge& badge)
{
    auto* const item = new QTreeWidgetItem(m_ui->list, {title});
    item->setData(TitleColumn, KeyRole, key);
    item->setData(TitleColumn, Role::BoldRange, QVariant::fromValue(Emphasis{0, int(title.size())}));
    if (!badge.text.isEmpty()) {
        item->setData(TitleColumn, Role::Badges, QVariant::fromValue(QList<Badge>{badge}));
        item->setData(TitleColumn, Qt::AccessibleTextRole, QString(title + u", "_s + badge.text));
    }
    return item;
}

namespace {

void showDigests(QTreeWidgetItem* item, const TagNews& tag)
{
    const auto show = [item](int column, const Digest& digest) {
        if (digest.isNull())
            return;
        item->setText(column, digest.shortHex());
        item->setToolTip(column, digest.toString());
        item->setData(column, Role::Monospace, true);
        item->setData(column, Role::CopyText, digest.toString());
    };
    show(WasColumn, tag.from);
    show(NowColumn, tag.to);
    if (tag.checked.isValid()) {
        item->setText(CheckedColumn, formatAge(tag.checked));
        item->setToolTip(CheckedColumn, formatMoment(tag.checked.toLocalTime()));
        item->setData(CheckedColumn, Role::TextTone, QVariant::fromValue(Tone::Muted));
    }
}

} // namespace

QTreeWidgetItem* OutdatedDialog::addRow(QTreeWidgetItem* above, const QString& title, const TagNews& tag)
{
    auto* const item = new QTreeWidgetItem(above, {title});
    item->setData(TitleColumn, ReferenceRole, tag.reference);
    item->setData(TitleColumn, KeyRole,
                  QString(above->data(TitleColumn, KeyRole).toString() + u'\n' + title));
    return item;
}

void OutdatedDialog::fill()
{
    QString current;
    QSet<QString> closed;
    if (const auto* item = m_ui->list->currentItem())
        current = item->data(TitleColumn, KeyRole).toString();
    const bool isFirst = m_ui->list->topLevelItemCount() == 0;
    for (int i = 0; i < m_ui->list->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* item = m_ui->list->topLevelItem(i);
        if (!item->isExpanded())
            closed.insert(item->data(TitleColumn, KeyRole).toString());
    }
    m_images.clear();
    for (const StoredImage& image : m_workbench.listedImages())
        m_images.insert(image.target.digest, image);
    const OutdatedView view = outdatedView(m_workbench.listedImages(), m_workbench.news());

    const QSignalBlocker quiet(m_ui->list);
    m_ui->list->clear();
    const auto addImage = [this](QTreeWidgetItem* above, const Digest& digest, const TagNews& tag) {
        QTreeWidgetItem* const row = addRow(above, titleOf(digest), tag);
        row->setData(TitleColumn, ImagesRole, QStringList{digest.toString()});
        if (const auto image = m_images.constFind(digest); image != m_images.cend()) {
            row->setData(TitleColumn, NameRole, image->names.value(0));
            row->setToolTip(TitleColumn,
                            image->names.isEmpty() ? digest.toString() : image->names.join(u'\n'));
        }
        return row;
    };
    for (const OutdatedBase& base : view.bases) {
        const QString title = familiarName(base.tag.reference);
        const Badge badge{tr("%n image(s) on it", nullptr, int(base.images.size())), Tone::Warning,
                          tr("Base %1").arg(baseSourceText(base.source))};
        QTreeWidgetItem* const group =
            addGroup(base.tag.reference + u' ' + base.tag.from.toString(), title, badge);
        group->setData(TitleColumn, ReferenceRole, base.tag.reference);
        group->setData(TitleColumn, ImagesRole, textsOf(base.images));
        group->setToolTip(TitleColumn, base.tag.reference);
        showDigests(group, base.tag);
        for (const Digest& image : base.images)
            addImage(group, image, base.tag);
    }
    if (!view.names.isEmpty()) {
        QTreeWidgetItem* const group = addGroup(u"names"_s, tr("Newer in their registry"), {});
        for (const OutdatedName& name : view.names) {
            QTreeWidgetItem* const row = addImage(group, name.image, name.tag);
            row->setText(TitleColumn, familiarName(name.tag.reference));
            row->setData(TitleColumn, NameRole, name.tag.reference);
            row->setData(TitleColumn, KeyRole, name.tag.reference);
            showDigests(row, name.tag);
        }
    }
    const auto addLost = [this](const QString& key, const QString& heading, const QList<LostTag>& tags) {
        if (tags.isEmpty())
            return;
        QTreeWidgetItem* const group = addGroup(key, heading, {});
        for (const LostTag& lost : tags) {
            QString title = familiarName(lost.tag.reference);
            if (lost.tag.state == NewsState::Unknown)
                title = tr("%1 — %2", "name and why nothing is known").arg(title, doubtText(lost.tag));
            QTreeWidgetItem* const row = addRow(group, title, lost.tag);
            row->setData(TitleColumn, ReferenceRole, QString());
            row->setData(TitleColumn, ImagesRole, textsOf(lost.images));
            row->setData(TitleColumn, NameRole, m_images.value(lost.images.first()).names.value(0));
            row->setData(TitleColumn, Role::TextTone, QVariant::fromValue(Tone::Muted));
            row->setToolTip(TitleColumn, title);
            showDigests(row, lost.tag);
        }
    };
    addLost(u"gone"_s, tr("No longer in their registry"), view.gone);
    addLost(u"doubts"_s, tr("Not known"), view.doubts);
    if (isFirst && !view.isEmpty())
        closed.insert(u"doubts"_s);
    QTreeWidgetItem* again = m_ui->list->topLevelItem(0);
    for (QTreeWidgetItemIterator it(m_ui->list); *it; ++it) {
        const QString key = (*it)->data(TitleColumn, KeyRole).toString();
        if ((*it)->parent() == nullptr)
            (*it)->setExpanded(!closed.contains(key));
        if (key == current && !current.isEmpty())
            again = *it;
    }
    if (again)
        m_ui->list->setCurrentItem(again);
    m_ui->stack->setCurrentWidget(again ? static_cast<QWidget*>(m_ui->list) : m_ui->emptyPage);
    if (!again)
        showEmpty(view);
    const int outdated = view.outdatedImages();
    m_ui->headline->setText(outdated > 0 ? tr("%n image(s) outdated", nullptr, outdated)
                                : !again ? QString()
                                         : tr("Nothing newer is known"));
    m_ui->copyButton->setVisible(again != nullptr);
    m_ui->hint->setVisible(!view.bases.isEmpty());
    showState();
    choiceChanged();
}

void OutdatedDialog::showEmpty(const OutdatedView& view)
{
    const bool hasNothing = view.notAsked == 0 && view.upToDate == 0;
    if (view.upToDate > 0 && view.notAsked == 0) {
        m_ui->emptyTitle->setText(tr("Everything is up to date"));
        m_ui->emptyText->setText(
            tr("The bases of the images here, and the names that were pulled or pushed, are "
               "in their registries what they were."));
    } else if (hasNothing) {
        m_ui->emptyTitle->setText(tr("No base is known yet"));
        m_ui->emptyText->setText(tr(
            "A base is known from the annotations or labels of an image, or because another image here has "
            "the layers that it begins with: pull the base that your images are made from, and they will be "
            "compared with its registry."));
    } else {
        m_ui->emptyTitle->setText(tr("Are the bases of your images still current?"));
        m_ui->emptyText->setText(tr(
            "Tagboat can ask the registries whether the tags that your images were made from, or pulled by, "
            "point at something newer now. It only asks for the digest of each tag: nothing is pulled, and "
            "nothing counts against a pull limit."));
    }
    m_ui->emptyCheckButton->setVisible(!hasNothing);
}

void OutdatedDialog::showState()
{
    const bool isChecking = m_workbench.isCheckingForNews();
    const QDateTime last = m_workbench.newsCheckedAll();
    m_ui->checkedLabel->setText(isChecking           ? progressText(m_workbench.newsProgress())
                                    : last.isValid() ? tr("Checked %1").arg(formatAge(last))
                                                     : QString());
    const bool isEmpty = m_ui->stack->currentWidget() == m_ui->emptyPage;
    m_ui->checkButton->setVisible(!isEmpty || m_ui->emptyCheckButton->isHidden());
    m_ui->checkButton->setText(isChecking ? tr("Stop checking") : tr("Check again"));
    m_ui->emptyCheckButton->setText(isChecking           ? tr("Stop checking")
                                        : last.isValid() ? tr("Check again")
                                                         : tr("Check now"));
}

QTreeWidgetItem* OutdatedDialog::chosen() const
{
    QTreeWidgetItem* const item = m_ui->list->currentItem();
    return item && item->isSelected() ? item : nullptr;
}

void OutdatedDialog::choiceChanged()
{
    const QTreeWidgetItem* const item = chosen();
    const bool isBase = item && item->parent() == nullptr;
    const bool isName =
        item && item->parent() && item->parent()->data(TitleColumn, KeyRole).toString() == "names"_L1;
    m_ui->pullButton->setVisible(m_ui->stack->currentWidget() == m_ui->list);
    m_ui->pullButton->setEnabled(item && !item->data(TitleColumn, ReferenceRole).toString().isEmpty());
    m_ui->pullButton->setText(isName ? tr("Pull it…") : tr("Pull new base…"));
    m_ui->showButton->setVisible(m_ui->stack->currentWidget() == m_ui->list && m_show);
    m_ui->showButton->setEnabled(item && !isBase && !item->data(TitleColumn, NameRole).toString().isEmpty());
}

void OutdatedDialog::pull()
{
    const QTreeWidgetItem* const item = chosen();
    if (item && m_ui->pullButton->isEnabled())
        openPullDialog(m_workbench, this, familiarName(item->data(TitleColumn, ReferenceRole).toString()));
}

void OutdatedDialog::check()
{
    NewsQuestion question{.images = {}, .mayCostPulls = true};
    for (const QTreeWidgetItem* item : m_ui->list->selectedItems()) {
        const QStringList images = item->data(TitleColumn, ImagesRole).toStringList();
        for (const QString& image : images) {
            if (const auto digest = Digest::parse(image); digest && !question.images.contains(*digest))
                question.images.append(*digest);
        }
    }
    if (!question.images.isEmpty())
        m_workbench.checkForNews(question);
}

void OutdatedDialog::showInList()
{
    const QTreeWidgetItem* const item = chosen();
    const QString name = item ? item->data(TitleColumn, NameRole).toString() : QString();
    if (m_show && !name.isEmpty())
        m_show(name);
}

void OutdatedDialog::copy(bool all)
{
    QStringList lines;
    for (QTreeWidgetItemIterator it(m_ui->list); *it; ++it) {
        if (all || (*it)->isSelected())
            lines.append((all && (*it)->parent() ? u"\t"_s : QString()) + rowText(*it).trimmed());
    }
    copyText(lines.join(u'\n'));
}

void OutdatedDialog::showMenu(const QPoint& position)
{
    if (!m_ui->list->itemAt(position))
        return;
    auto* const menu = new QMenu(this);
    menu->setObjectName(u"outdatedMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& name, const QString& iconName, const QString& text, bool isEnabled,
                         auto run) {
        QAction* const action = menu->addAction(icon(iconName), text);
        action->setObjectName(name);
        action->setEnabled(isEnabled);
        connect(action, &QAction::triggered, this, run);
    };
    add(u"pullChosen"_s, u"pull"_s, m_ui->pullButton->text(), m_ui->pullButton->isEnabled(),
        [this] { pull(); });
    add(u"checkChosen"_s, u"radar"_s, tr("Check this again"), !m_workbench.isCheckingForNews(),
        [this] { check(); });
    if (m_show)
        add(u"showChosen"_s, u"image"_s, m_ui->showButton->text(), m_ui->showButton->isEnabled(),
            [this] { showInList(); });
    menu->addSeparator();
    add(u"copyChosen"_s, u"copy"_s, tr("Copy"), true, [this] { copy(false); });
    menu->popup(m_ui->list->viewport()->mapToGlobal(position));
}

void OutdatedDialog::report(const NewsReport& report)
{
    fill();
    if (report.resting.isEmpty()) {
        m_ui->strip->clear();
        return;
    }
    QStringList lines;
    for (auto it = report.resting.cbegin(); it != report.resting.cend(); ++it)
        lines.append(
            tr("%1 wants to be asked again after %2.").arg(it.key(), formatMoment(it->toLocalTime())));
    lines.sort();
    m_ui->strip->showMessage(Tone::Warning, tr("A registry asked to be left alone for now."),
                             lines.join(u'\n'));
}

void openOutdatedDialog(Workbench& workbench, QWidget* parent,
                        const std::function<void(const QString&)>& show)
{
    auto* dialog = parent->findChild<OutdatedDialog*>();
    if (!dialog) {
        dialog = new OutdatedDialog(workbench, show, parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    dialog->show(); // beside the window, not over it: its images are worked on meanwhile
    dialog->raise();
    dialog->activateWindow();
}

} // namespace Tagboat
