// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/jsontab.h"

#include "models/imagenames.h"
#include "models/jsontext.h"
#include "models/text.h"
#include "ui/colors.h"
#include "ui/icons.h"
#include "ui/jsonhighlighter.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_jsontab.h"

#include <QFileDialog>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

enum Form { Indented, Exact };

//! A document of one line, megabytes long, would take the layout seconds: of more only the beginning is
//! shown.
constexpr qsizetype MostInOneLine = 200'000;
constexpr int MostMatches = 1000;

} // namespace

struct JsonTab::Private
{
    Workbench* workbench = nullptr;
    Ui::JsonTab ui;
    JsonHighlighter* highlighter = nullptr;
    ImageInside inside;
    Digest manifest; //!< of the platform that is shown
    Digest shown;    //!< root of the image whose documents are listed
    std::optional<DocumentBytes> bytes;
    Digest requested; //!< being read
    QString problem;  //!< why there are no bytes
};

JsonTab::JsonTab(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->ui.setupUi(this);
    setPageMargins(d->ui.jsonLayout);
    d->ui.jsonView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    d->ui.jsonDigest->setFont(d->ui.jsonView->font());
    d->ui.jsonDigest->setTone(Tone::Muted);
    d->highlighter = new JsonHighlighter(d->ui.jsonView->document());
    d->ui.jsonDigestCopy->setIcon(icon(u"copy"_s));
    d->ui.jsonFindButton->setIcon(icon(u"search"_s));
    d->ui.findPreviousButton->setIcon(icon(u"chevron-up"_s));
    d->ui.findNextButton->setIcon(icon(u"chevron-down"_s));
    d->ui.findCloseButton->setIcon(icon(u"close"_s));
    d->ui.findEdit->setMaximumWidth(fontMetrics().averageCharWidth() * 50);
    makeMuted(d->ui.findCount);
    d->ui.findBar->hide();
    d->ui.jsonFormBox->addItems({QString(), QString()});

    connect(d->ui.jsonChooser, &QComboBox::currentIndexChanged, this, &JsonTab::read);
    connect(d->ui.jsonFormBox, &QComboBox::currentIndexChanged, this, &JsonTab::showBytes);
    connect(d->ui.jsonCopyButton, &QPushButton::clicked, this, [this] {
        if (d->bytes)
            copyText(QString::fromUtf8(d->bytes->bytes));
    });
    connect(d->ui.jsonDigestCopy, &QToolButton::clicked, this, [this] {
        if (const ImageDocument* document = chosen())
            copyText(document->descriptor.digest.toString());
    });
    connect(d->ui.jsonSaveButton, &QPushButton::clicked, this, &JsonTab::save);
    connect(d->ui.jsonFindButton, &QPushButton::clicked, this, &JsonTab::openFind);
    connect(d->ui.findEdit, &QLineEdit::textChanged, this, [this] {
        // The match under the cursor may grow with what is typed.
        QTextCursor cursor = d->ui.jsonView->textCursor();
        cursor.setPosition(cursor.selectionStart());
        d->ui.jsonView->setTextCursor(cursor);
        markMatches();
        find(false);
    });
    connect(d->ui.findEdit, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(d->ui.findNextButton, &QToolButton::clicked, this, [this] { find(false); });
    connect(d->ui.findPreviousButton, &QToolButton::clicked, this, [this] { find(true); });
    connect(d->ui.findCloseButton, &QToolButton::clicked, this, &JsonTab::closeFind);
    // The window's own Ctrl+F filters the list; in here it searches the document.
    for (QWidget* widget : findChildren<QWidget*>())
        widget->installEventFilter(this);
    retranslate();
    clear();
}

JsonTab::~JsonTab() = default;

void JsonTab::setWorkbench(Workbench* workbench)
{
    d->workbench = workbench;
}

void JsonTab::clear()
{
    setInside({}, {});
}

const ImageDocument* JsonTab::chosen() const
{
    const int row = d->ui.jsonChooser->currentIndex();
    return row >= 0 && row < d->inside.documents.size() ? &d->inside.documents[row] : nullptr;
}

QString JsonTab::nameOf(const ImageDocument& document) const
{
    QString name;
    switch (document.kind) {
    case ImageDocument::Kind::Index:
        name = tr("Index");
        break;
    case ImageDocument::Kind::Manifest:
        name = tr("Manifest");
        break;
    case ImageDocument::Kind::Config:
        name = tr("Config");
        break;
    case ImageDocument::Kind::Blob:
        name = document.title.isEmpty() ? document.descriptor.mediaType : document.title;
        break;
    }
    const QString platform = document.platform.toString();
    if (document.isAttestation)
        name = platform.isEmpty() ? tr("%1, attestation").arg(name)
                                  : tr("%1, attestation of %2").arg(name, platform);
    else if (d->inside.isIndex && !platform.isEmpty())
        name = tr("%1 of %2", "Manifest of linux/amd64").arg(name, platform);
    return document.isPresent ? name : tr("%1 (not here)").arg(name);
}

void JsonTab::setInside(const ImageInside& inside, const Digest& manifest)
{
    const ImageDocument* const before = chosen();
    Digest wanted;
    if (before && d->shown == inside.root.digest && d->manifest == manifest) {
        wanted = before->descriptor.digest;
    } else if (before) {
        // The same kind of document of the other platform or image.
        bool isBehind = !inside.isIndex;
        for (const ImageDocument& document : inside.documents) {
            isBehind = isBehind || document.descriptor.digest == manifest;
            const bool fits = before->kind == ImageDocument::Kind::Index || isBehind;
            if (fits && document.kind == before->kind && !document.isAttestation) {
                wanted = document.descriptor.digest;
                break;
            }
        }
    }
    d->inside = inside;
    d->manifest = manifest;
    d->shown = inside.root.digest;
    fillChooser(wanted);
}

void JsonTab::fillChooser(const Digest& wanted)
{
    {
        const QSignalBlocker blocker(d->ui.jsonChooser);
        d->ui.jsonChooser->clear();
        int row = 0;
        for (const ImageDocument& document : std::as_const(d->inside.documents)) {
            d->ui.jsonChooser->addItem(nameOf(document), document.descriptor.digest.toString());
            d->ui.jsonChooser->setItemData(d->ui.jsonChooser->count() - 1, document.descriptor.mediaType,
                                           Qt::ToolTipRole);
            if (document.descriptor.digest == wanted)
                row = d->ui.jsonChooser->count() - 1;
        }
        d->ui.jsonChooser->setCurrentIndex(d->inside.documents.isEmpty() ? -1 : row);
        d->ui.jsonChooser->setEnabled(d->ui.jsonChooser->count() > 0);
    }
    read();
}

void JsonTab::read()
{
    const ImageDocument* const document = chosen();
    if (!document || !d->workbench) {
        d->requested = {};
        d->bytes.reset();
        d->problem.clear();
        showBytes();
        return;
    }
    const Descriptor wanted = document->descriptor;
    if (d->requested == wanted.digest)
        return; // its answer is on the way
    d->requested = wanted.digest;
    if (!d->bytes || d->bytes->descriptor.digest != wanted.digest) {
        // Nothing of the last one stands beside this one's digest.
        d->bytes.reset();
        d->problem.clear();
        showBytes();
    }
    d->workbench->imageDocument(wanted).then(this, [this, wanted](const Result<DocumentBytes>& bytes) {
        if (d->requested != wanted.digest)
            return; // another was chosen meanwhile
        d->requested = {};
        const bool isSame =
            bytes && d->bytes && d->bytes->bytes == bytes->bytes && d->bytes->digest == bytes->digest;
        if (isSame)
            return; // scrolled and marked as somebody left it
        d->bytes = bytes ? std::optional(*bytes) : std::nullopt;
        d->problem.clear();
        if (!bytes)
            d->problem = bytes.error().code == Error::Code::NotFound
                ? tr("This document is not on this computer.")
                : bytes.error().toString();
        showBytes();
    });
}

void JsonTab::showBytes()
{
    Ui::JsonTab& ui = d->ui;
    const ImageDocument* const document = chosen();
    ui.jsonDigest->setText(document ? document->descriptor.digest.toString() : QString());
    for (QWidget* widget :
         {static_cast<QWidget*>(ui.jsonCopyButton), static_cast<QWidget*>(ui.jsonSaveButton),
          static_cast<QWidget*>(ui.jsonFindButton), static_cast<QWidget*>(ui.jsonFormBox)})
        widget->setEnabled(d->bytes.has_value());
    ui.jsonDigestCopy->setEnabled(document != nullptr);
    if (!d->bytes) {
        ui.jsonView->setPlainText(d->problem);
        ui.jsonMark->setBadge({});
        return;
    }
    const bool isExact = ui.jsonFormBox->currentIndex() == Exact;
    QString text;
    if (!isExact)
        text = indentedJson(d->bytes->bytes);
    else
        text = QString::fromUtf8(d->bytes->bytes);
    if (!text.first(qMin(text.size(), MostInOneLine)).contains(u'\n') && text.size() > MostInOneLine)
        text = text.first(MostInOneLine) + u"…"_s;
    ui.jsonView->setLineWrapMode(isExact ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    ui.jsonView->setWordWrapMode(isExact ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
    ui.jsonView->setPlainText(text);
    const QString size = tr("%1 bytes").arg(QLocale().toString(d->bytes->size));
    if (d->bytes->isSound())
        ui.jsonMark->setBadge(
            {tr("✓ digest matches"), Tone::Ok,
             tr("%1, hashed just now: they are the ones that the digest names.").arg(size)});
    else
        ui.jsonMark->setBadge(
            {tr("digest does not match"), Tone::Error,
             tr("%1 lie here; their digest is %2. The file is damaged: remove the image and "
                "pull it again.")
                 .arg(size, d->bytes->digest.toString())});
    markMatches();
}

void JsonTab::save()
{
    const ImageDocument* const document = chosen();
    if (!d->bytes || !document)
        return;
    auto* const dialog = new QFileDialog(this, tr("Save document"));
    dialog->setObjectName(u"saveDocumentDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const bool isJson = document->descriptor.mediaType.endsWith("json"_L1);
    QString name = document->descriptor.digest.shortHex() + (isJson ? u".json"_s : u".txt"_s);
    const bool isFileName = !document->title.isEmpty() && !document->title.contains(u'/');
    dialog->selectFile(isFileName ? document->title : name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes = d->bytes->bytes](const QString& path) {
        QSaveFile file(path);
        const bool isWritten =
            file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        if (!isWritten)
            d->ui.jsonMark->setBadge({tr("not saved"), Tone::Error, file.errorString()});
    });
    dialog->open();
}

void JsonTab::openFind()
{
    d->ui.findBar->show();
    const QString chosenText = d->ui.jsonView->textCursor().selectedText();
    if (!chosenText.isEmpty() && chosenText.size() < 200)
        d->ui.findEdit->setText(chosenText);
    d->ui.findEdit->setFocus(Qt::ShortcutFocusReason);
    d->ui.findEdit->selectAll();
    markMatches();
}

void JsonTab::closeFind()
{
    d->ui.findBar->hide();
    d->ui.jsonView->setExtraSelections({});
    d->ui.jsonView->setFocus();
}

void JsonTab::find(bool backwards)
{
    const QString text = d->ui.findEdit->text();
    if (text.isEmpty())
        return;
    const auto flags = backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    QTextCursor found = d->ui.jsonView->document()->find(text, d->ui.jsonView->textCursor(), flags);
    if (found.isNull()) { // once around
        QTextCursor edge(d->ui.jsonView->document());
        if (backwards)
            edge.movePosition(QTextCursor::End);
        found = d->ui.jsonView->document()->find(text, edge, flags);
    }
    if (!found.isNull())
        d->ui.jsonView->setTextCursor(found);
}

void JsonTab::markMatches()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString text = d->ui.findEdit->text();
    if (d->ui.findBar->isHidden() || text.isEmpty()) {
        d->ui.jsonView->setExtraSelections({});
        d->ui.findCount->clear();
        return;
    }
    QTextCharFormat format;
    format.setBackground(Colors::of(palette()).accentSoft);
    format.setForeground(Colors::of(palette()).text);
    QTextCursor found = d->ui.jsonView->document()->find(text);
    while (!found.isNull() && marks.size() < MostMatches) {
        marks.append({found, format});
        found = d->ui.jsonView->document()->find(text, found);
    }
    d->ui.jsonView->setExtraSelections(marks);
    d->ui.findCount->setText(marks.isEmpty() ? tr("not found")
                                             : tr("%n match(es)", nullptr, int(marks.size())));
}

bool JsonTab::eventFilter(QObject* watched, QEvent* event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (isOverride || event->type() == QEvent::KeyPress) {
        auto* const key = static_cast<QKeyEvent*>(event);
        const bool isFindOpen = d->ui.findBar->isVisible();
        const bool isEscape = isFindOpen && key->key() == Qt::Key_Escape;
        const bool isNext = key->matches(QKeySequence::FindNext);
        const bool isPrevious = key->matches(QKeySequence::FindPrevious);
        if (key->matches(QKeySequence::Find) || isEscape || isNext || isPrevious) {
            event->accept();
            if (isOverride)
                return true;
            if (isEscape)
                closeFind();
            else if (!isFindOpen || key->matches(QKeySequence::Find))
                openFind();
            else
                find(isPrevious);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void JsonTab::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && d->highlighter) {
        d->highlighter->updateColors();
        markMatches();
    }
}

void JsonTab::retranslate()
{
    d->ui.retranslateUi(this);
    d->ui.jsonFormBox->setItemText(Indented, tr("Indented"));
    d->ui.jsonFormBox->setItemText(Exact, tr("Exact bytes"));
    const ImageDocument* const document = chosen();
    fillChooser(document ? document->descriptor.digest : Digest());
    showBytes();
}

} // namespace Tagboat
