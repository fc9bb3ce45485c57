// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/fileviewdialog.h"

#include "models/filecontent.h"
#include "models/filetext.h"
#include "models/hexmodel.h"
#include "models/text.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/remedies.h"
#include "ui/savefile.h"
#include "ui/widgettools.h"
#include "ui_fileviewdialog.h"
#include "workbench/workbench.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QTextBlock>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Text comes into its view in pieces, between which the window lives.
constexpr qsizetype PieceOfText = 32 * 1024;

} // namespace

struct FileViewDialog::Private
{
    Private(Workbench& bench, FileInImage which, QString image, qint64 bytes)
        : workbench(bench), file(std::move(which)), imageTitle(std::move(image)), size(bytes)
    { }

    Workbench& workbench;
    FileInImage file;
    QString imageTitle;
    qint64 size; //!< -1: not known
    Ui::FileViewDialog ui;
    HexModel hex;
    std::optional<FileText> text; //!< none: not text
    qsizetype appended = 0;       //!< characters of it that are in the view
    bool isCutOff = false;
    bool isRead = false;
    QTimer pieceTimer;
    std::function<void()> retry;
};

FileViewDialog::FileViewDialog(Workbench& workbench, const FileInImage& file, const QString& imageTitle,
                               qint64 size, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench, file, imageTitle, size))
{
    Ui::FileViewDialog& ui = d->ui;
    ui.setupUi(this);
    setWindowFlag(Qt::WindowMinMaxButtonsHint);
    const QFontMetrics fm = fontMetrics();
    resize(fm.averageCharWidth() * 110, fm.height() * 36);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    ui.fileText->setFont(fixed);
    ui.fileBytes->setFont(fixed);
    ui.fileBytes->setModel(&d->hex);
    makeCopyable(ui.fileBytes);
    makeMuted(ui.waitText);
    makeMuted(ui.findResult);
    ui.fileInfo->setTone(Tone::Muted);
    ui.headLayout->setStretchFactor(ui.filePath, 1);
    ui.footLayout->setStretchFactor(ui.fileInfo, 1);
    ui.findPrevious->setIcon(icon(u"chevron-up"_s));
    ui.findNext->setIcon(icon(u"chevron-down"_s));
    ui.findClose->setIcon(icon(u"close"_s));
    ui.findEdit->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    ui.findEdit->setMinimumWidth(fm.averageCharWidth() * 34);
    ui.findBar->hide();
    ui.saveAsButton->setIcon(icon(u"export"_s));
    ui.findButton->setIcon(icon(u"search"_s));

    d->pieceTimer.setInterval(0);
    connect(&d->pieceTimer, &QTimer::timeout, this, &FileViewDialog::appendText);
    connect(ui.wrapBox, &QCheckBox::toggled, this, [this](bool on) {
        d->ui.fileText->setLineWrapMode(on ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    connect(ui.hexBox, &QCheckBox::toggled, this, &FileViewDialog::showHex);
    connect(ui.findButton, &QPushButton::clicked, this, &FileViewDialog::openFind);
    connect(ui.findClose, &QToolButton::clicked, this, &FileViewDialog::closeFind);
    connect(ui.findEdit, &QLineEdit::textChanged, this, [this] { find(false, false); });
    connect(ui.findNext, &QToolButton::clicked, this, [this] { find(false, true); });
    connect(ui.findPrevious, &QToolButton::clicked, this, [this] { find(true, true); });
    connect(ui.saveAsButton, &QPushButton::clicked, this, &FileViewDialog::save);
    connect(ui.closeButton, &QPushButton::clicked, this, &QDialog::close);
    connect(ui.strip, &MessageStrip::remedyChosen, this, [this](const Remedy& remedy) {
        d->ui.strip->clear();
        runRemedy(remedy, d->workbench, this, d->retry);
    });
    retranslate();
    load();
}

FileViewDialog::~FileViewDialog() = default;

void FileViewDialog::load()
{
    d->ui.contentStack->setCurrentWidget(d->ui.waitPage);
    updateInfo();
    // One more than is shown tells whether there is more.
    d->workbench.readFile(d->file, MostShown + 1).then(this, [this](const Result<QByteArray>& bytes) {
        if (bytes)
            showBytes(*bytes);
        else
            showFailure(bytes.error(), true);
    });
}

void FileViewDialog::showBytes(const QByteArray& bytes)
{
    d->isRead = true;
    d->isCutOff = bytes.size() > MostShown;
    if (!d->isCutOff)
        d->size = bytes.size();
    d->hex.setBytes(bytes.first(qMin(bytes.size(), MostShown)));
    d->text = textOf(d->hex.bytes(), d->isCutOff);
    const bool isText = d->text.has_value();
    d->ui.hexBox->setChecked(!isText);
    showHex(!isText);
    if (isText)
        d->pieceTimer.start();
    updateInfo();
}

void FileViewDialog::appendText()
{
    QTextCursor end(d->ui.fileText->document());
    end.movePosition(QTextCursor::End);
    const QString& text = d->text->text;
    end.insertText(text.mid(d->appended, PieceOfText));
    d->appended = qMin(text.size(), d->appended + PieceOfText);
    if (d->appended >= text.size()) {
        d->pieceTimer.stop();
        updateInfo();
    }
}

void FileViewDialog::showHex(bool hex)
{
    if (!d->isRead)
        return;
    QWidget* shown = hex ? static_cast<QWidget*>(d->ui.fileBytes) : d->ui.fileText;
    d->ui.contentStack->setCurrentWidget(shown);
    if (!d->ui.findEdit->hasFocus())
        shown->setFocus();
    updateInfo();
}

void FileViewDialog::updateInfo()
{
    Ui::FileViewDialog& ui = d->ui;
    const bool isText = d->text.has_value();
    const bool isHex = ui.hexBox->isChecked();
    ui.hexBox->setEnabled(isText);
    ui.wrapBox->setEnabled(isText && !isHex);
    ui.findButton->setEnabled(d->isRead);
    QStringList parts;
    if (d->size >= 0)
        parts.append(formatBytes(d->size));
    if (d->isRead)
        parts.append(isText ? d->text->encoding : tr("not text"));
    if (d->isCutOff)
        parts.append(tr("only the first MB is shown"));
    if (isText && d->text->hasBrokenLines)
        parts.append(tr("very long lines are broken"));
    ui.fileInfo->setText(parts.join(u" \u00b7 "_s));
}

void FileViewDialog::openFind()
{
    if (!d->isRead)
        return;
    d->ui.findBar->show();
    d->ui.findEdit->setFocus(Qt::ShortcutFocusReason);
    d->ui.findEdit->selectAll();
}

void FileViewDialog::closeFind()
{
    d->ui.findBar->hide();
    d->ui.contentStack->currentWidget()->setFocus();
}

void FileViewDialog::find(bool backward, bool again)
{
    const QString wanted = d->ui.findEdit->text();
    d->ui.findResult->clear();
    if (wanted.isEmpty() || !d->isRead)
        return;
    if (d->ui.contentStack->currentWidget() == d->ui.fileBytes) {
        findInBytes(backward, again);
        return;
    }
    while (d->pieceTimer.isActive()) // all of it is needed now
        appendText();
    QPlainTextEdit* view = d->ui.fileText;
    const QTextDocument* document = view->document();
    const auto flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    QTextCursor from = view->textCursor();
    if (!again) // while it is typed, what was found may still be it
        from.setPosition(from.selectionStart());
    QTextCursor found = document->find(wanted, from, flags);
    bool isAround = false;
    if (found.isNull()) {
        from.movePosition(backward ? QTextCursor::End : QTextCursor::Start);
        found = document->find(wanted, from, flags);
        isAround = true;
    }
    if (found.isNull()) {
        d->ui.findResult->setText(tr("Not found"));
        return;
    }
    view->setTextCursor(found);
    const QString line = tr("Line %L1").arg(found.block().blockNumber() + 1);
    d->ui.findResult->setText(isAround && again ? tr("%1, from the other end").arg(line) : line);
}

//! Letters as they are, or bytes as "7f 45 4c".
void FileViewDialog::findInBytes(bool backward, bool again)
{
    const QString text = d->ui.findEdit->text();
    const QByteArray& bytes = d->hex.bytes();
    QListView* view = d->ui.fileBytes;
    const QString digits = text.simplified().remove(u' ');
    const QByteArray raw = QByteArray::fromHex(digits.toLatin1());
    const auto search = [&](const QByteArray& wanted, qsizetype from) {
        return backward ? bytes.lastIndexOf(wanted, from) : bytes.indexOf(wanted, from);
    };
    const qsizetype line = view->currentIndex().isValid() ? view->currentIndex().row() : 0;
    const qsizetype start =
        backward ? line * HexModel::BytesPerLine - 1 : (line + (again ? 1 : 0)) * HexModel::BytesPerLine;
    QByteArray wanted = text.toUtf8();
    if (!bytes.contains(wanted) && raw.toHex() == digits.toLower().toLatin1() && !raw.isEmpty())
        wanted = raw;
    qsizetype found = backward && start < 0 ? -1 : search(wanted, start);
    if (found < 0)
        found = search(wanted, backward ? -1 : 0);
    if (found < 0) {
        d->ui.findResult->setText(tr("Not found"));
        return;
    }
    const QModelIndex row = d->hex.index(int(found / HexModel::BytesPerLine));
    view->setCurrentIndex(row);
    view->scrollTo(row);
    d->ui.findResult->setText(tr("Byte %L1").arg(found));
}

void FileViewDialog::save()
{
    openSaveFileDialog(d->workbench, this, d->file, [this](const QString& toFile, const Result<void>& saved) {
        if (saved)
            d->ui.strip->showMessage(Tone::Ok, tr("The file is saved."), toFile);
        else
            showFailure(saved.error(), false);
    });
}

void FileViewDialog::showFailure(const Error& error, bool canRetry)
{
    ErrorText text =
        explain(error, {.doing = canRetry ? ErrorContext::Doing::Open : ErrorContext::Doing::Export});
    d->retry = canRetry ? std::function<void()>([this] { load(); }) : nullptr;
    if (!canRetry)
        text.remedies.removeIf([](const Remedy& remedy) { return remedy.kind == RemedyKind::Retry; });
    d->ui.strip->showError(text);
    if (!d->isRead)
        d->ui.contentStack->setCurrentWidget(d->ui.fileText);
}

void FileViewDialog::keyPressEvent(QKeyEvent* event)
{
    const bool isFinding = d->ui.findBar->isVisible();
    if (event->matches(QKeySequence::Find)) {
        openFind();
    } else if (event->matches(QKeySequence::FindNext) || event->matches(QKeySequence::FindPrevious)) {
        if (!isFinding)
            openFind();
        else
            find(event->matches(QKeySequence::FindPrevious), true);
    } else if (event->matches(QKeySequence::Save) || event->matches(QKeySequence::SaveAs)) {
        save();
    } else if (isFinding && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        find(event->modifiers().testFlag(Qt::ShiftModifier), true);
    } else if (isFinding && event->key() == Qt::Key_Escape) {
        closeFind();
    } else {
        QDialog::keyPressEvent(event);
        return;
    }
    event->accept();
}

void FileViewDialog::retranslate()
{
    d->ui.retranslateUi(this);
    const QString path = u'/' + shownFileName(d->file.path);
    const QString place = d->file.layer >= 0
        ? tr("%1, layer %2", "image and number").arg(d->imageTitle).arg(d->file.layer + 1)
        : d->imageTitle;
    setWindowTitle(u"%1 \u2013 %2"_s.arg(shownFileName(d->file.path.section(u'/', -1)), place));
    const QString text = u"%1  \u00b7  %2"_s.arg(path, place);
    d->ui.filePath->setText(text, {0, int(path.size())});
    updateInfo();
}

void FileViewDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void openFileViewDialog(Workbench& workbench, QWidget* parent, const FileInImage& file,
                        const QString& imageTitle, qint64 size)
{
    auto* dialog = new FileViewDialog(workbench, file, imageTitle, size, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace Tagboat
