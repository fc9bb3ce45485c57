// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tagdialog.h"

#include "models/imagenames.h"
#include "models/text.h"
#include "oci/reference.h"
#include "ui/dialogs.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/planview.h"
#include "ui/remedies.h"
#include "ui/tagcascade.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_tagdialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct TagDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench) { }

    Workbench& workbench;
    Ui::TagDialog ui;
    StoredImage image;
    TagCascade* cascade = nullptr;
    QPushButton* tagButton = nullptr;
    QHash<QString, StoredImage> owners; //!< canonical name → image that has it now
    QHash<QString, QStringList> tags;   //!< familiar name of a repository → its tags here
};

TagDialog::TagDialog(Workbench& workbench, const StoredImage& image, const QString& name, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->image = image;
    d->ui.setupUi(this);
    d->cascade = new TagCascade(d->ui.nameEdit, this);
    delete d->ui.cascadeHost; // first: a cell takes no second widget
    d->ui.fields->setWidget(3, QFormLayout::FieldRole, d->cascade);
    d->tagButton = d->ui.buttons->addButton(tr("Add name"), QDialogButtonBox::AcceptRole);
    d->tagButton->setObjectName(u"tagButton"_s);
    setPrimary(d->tagButton);
    makeMuted(d->ui.partsLabel);
    const QString shown = !name.isEmpty() || image.names.isEmpty() ? name : image.names.first();
    const auto reference = Reference::parse(shown);
    QStringList facts{image.id.shortHex(), formatBytes(image.size)};
    if (reference)
        facts.prepend(reference->familiar());
    d->ui.imageLabel->setText(facts.join(u" · "_s));
    d->ui.nameEdit->setText(reference ? reference->familiar() : QString());
    d->ui.nameEdit->selectAll();
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);

    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &TagDialog::accept);
    connect(d->ui.nameEdit, &QLineEdit::textChanged, this, &TagDialog::update);
    connect(d->cascade, &TagCascade::changed, this, &TagDialog::update);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { runRemedy(remedy, d->workbench, this, [this] { accept(); }); });
    workbench.images().then(this, [this](const Result<StoreSnapshot>& snapshot) {
        if (!snapshot)
            return;
        for (const StoredImage& other : snapshot->images) {
            for (const QString& taken : other.names) {
                d->owners.insert(taken, other);
                const ShownName name = ShownName::of(taken);
                d->tags[name.repository].append(name.tag);
            }
        }
        update();
    });
    update();
}

TagDialog::~TagDialog() = default;

Result<QStringList> TagDialog::names() const
{
    const auto reference = Reference::parsePasted(d->ui.nameEdit->text());
    if (!reference)
        return std::unexpected(reference.error());
    if (!reference->digest().isNull())
        return fail(Error::Code::InvalidInput, d->ui.nameEdit->text(),
                    tr("A name for an image ends in a tag, not in a digest"));
    QStringList all{reference->canonical()};
    for (const QString& tag : d->cascade->chosen()) {
        if (const auto shorter = reference->withTag(tag))
            all.append(shorter->canonical());
    }
    return all;
}

void TagDialog::update()
{
    const auto reference = Reference::parsePasted(d->ui.nameEdit->text());
    d->cascade->setKnownTags(reference ? d->tags.value(reference->familiarName()) : QStringList());
    d->cascade->setTag(reference ? reference->tag() : QString());
    const auto wanted = names();
    d->ui.partsLabel->setText(reference && wanted ? partsText(*reference)
                                  : d->ui.nameEdit->text().isEmpty()
                                  ? tr("For example alice/ui:v1 or registry.local:5000/gallery/ui:2.1")
                                  : wanted.error().message.toHtmlEscaped());
    QStringList moves;
    QHash<Digest, int> leaving; // names that an image loses
    bool isNew = false;
    for (const QString& name : wanted.value_or(QStringList())) {
        const auto owner = d->owners.constFind(name);
        const auto parsed = Reference::parse(name);
        const QString familiar = parsed ? parsed->familiar() : name;
        if (owner == d->owners.cend()) {
            isNew = true;
        } else if (owner->target.digest == d->image.target.digest) {
            moves.append(tr("%1 is a name of this image already.").arg(familiar));
        } else {
            isNew = true;
            ++leaving[owner->target.digest];
            const int left = int(owner->names.size()) - leaving.value(owner->target.digest);
            const QString move =
                u"%1: %2 \u2192 %3"_s.arg(familiar, owner->id.shortHex(), d->image.id.shortHex());
            moves.append(left > 0
                             ? tr("%1 (the former image keeps %n other name(s))", nullptr, left).arg(move)
                             : tr("%1 (the former image is left without a name)").arg(move));
        }
    }
    d->ui.movesLabel->setText(moves.join(u'\n'));
    const int count = int(wanted ? wanted->size() : 1);
    d->tagButton->setText(tr("Add %n name(s)", nullptr, count));
    d->tagButton->setEnabled(wanted && isNew);
}

void TagDialog::accept()
{
    const auto wanted = names();
    if (!wanted || !d->tagButton->isEnabled())
        return;
    d->tagButton->setEnabled(false);
    d->workbench.tag(d->image.target.digest.toString(), *wanted).then(this, [this](const Result<void>& done) {
        if (done) {
            QDialog::accept();
            return;
        }
        d->ui.strip->showError(explain(done.error(), {.doing = ErrorContext::Doing::Tag}));
        update();
    });
}

void openTagDialog(Workbench& workbench, QWidget* parent, const StoredImage& image, const QString& name)
{
    auto* dialog = new TagDialog(workbench, image, name, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tagboat
