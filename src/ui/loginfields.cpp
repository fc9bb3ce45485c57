// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/loginfields.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! No key file is a tenth of this; a line's edit takes a little less than twice as much.
constexpr qint64 LargestKeyFile = 16 * 1024;

} // namespace

struct LoginFields::Private
{
    [[nodiscard]] const LoginMethod& method() const { return kind.methods[qMax(0, methods->currentIndex())]; }

    Form form;
    RegistryKind kind;
    QLabel* caption = nullptr;
    QComboBox* methods = nullptr;
    QPushButton* fileButton = nullptr;
};

LoginFields::LoginFields(const Form& form, QObject* parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->form = form;
    QWidget* const host = form.user->parentWidget();
    d->caption = new QLabel(tr("Log in &with"), host);
    d->methods = new QComboBox(host);
    d->methods->setObjectName(u"methodBox"_s);
    d->methods->setAccessibleName(tr("Log in with"));
    d->caption->setBuddy(d->methods);
    int row = 0;
    QFormLayout::ItemRole role = QFormLayout::FieldRole;
    form.rows->getWidgetPosition(form.user, &row, &role);
    form.rows->insertRow(row, d->caption, d->methods);

    d->fileButton = new QPushButton(tr("Choose…"), host);
    d->fileButton->setObjectName(u"keyFileButton"_s);
    d->fileButton->setAccessibleName(tr("Choose the key file"));
    d->fileButton->hide();
    auto* const line = new QHBoxLayout;
    form.rows->getWidgetPosition(form.secret, &row, &role);
    form.rows->removeWidget(form.secret);
    line->addWidget(form.secret);
    line->addWidget(d->fileButton);
    form.rows->setLayout(row, QFormLayout::FieldRole, line);
    QWidget::setTabOrder(d->methods, form.user);
    QWidget::setTabOrder(form.secret, d->fileButton);

    connect(d->methods, &QComboBox::currentIndexChanged, this, [this] {
        showMethod();
        Q_EMIT changed();
    });
    connect(d->fileButton, &QPushButton::clicked, this, &LoginFields::chooseFile);
}

LoginFields::~LoginFields() = default;

void LoginFields::setKind(const RegistryKind& kind, const QString& user)
{
    const QSignalBlocker quiet(d->methods);
    d->kind = kind;
    d->methods->clear();
    int chosen = 0;
    for (const LoginMethod& method : kind.methods) {
        if (!user.isEmpty() && method.user == user)
            chosen = d->methods->count();
        d->methods->addItem(method.title);
    }
    d->methods->setCurrentIndex(chosen);
    showMethod();
}

void LoginFields::showMethod()
{
    const LoginMethod& method = d->method();
    const bool isChoice = d->kind.methods.size() > 1;
    const bool isTyped = method.user.isEmpty();
    d->caption->setVisible(isChoice);
    d->methods->setVisible(isChoice);
    d->form.userCaption->setVisible(isTyped);
    d->form.user->setVisible(isTyped);
    d->form.userCaption->setText(method.userCaption.isEmpty() ? tr("&User") : method.userCaption);
    d->form.user->setPlaceholderText(d->kind.canBeAnonymous ? tr("empty: without login") : QString());
    d->form.secretCaption->setText(method.secretCaption);
    d->form.help->setText(method.help);
    d->fileButton->setVisible(method.isKeyFile);
}

QString LoginFields::user() const
{
    const QString fixed = d->method().user;
    return fixed.isEmpty() ? d->form.user->text().trimmed() : fixed;
}

QString LoginFields::secret() const
{
    // A key that was pasted from its file has the marks of a line's edit in place of line breaks.
    QString text = d->form.secret->text();
    return d->method().isKeyFile
        ? text.replace(QChar(QChar::LineSeparator), u' ').replace(QChar(QChar::ParagraphSeparator), u' ')
        : text;
}

void LoginFields::chooseFile()
{
    auto* const dialog =
        new QFileDialog(d->form.secret->window(), tr("Key file"), {}, tr("Keys (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &LoginFields::readFile);
    dialog->open();
}

void LoginFields::readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) {
        Q_EMIT failed(path, file.errorString());
        return;
    }
    const QByteArray text = file.read(LargestKeyFile + 1);
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (text.size() > LargestKeyFile || !document.isObject()) {
        Q_EMIT failed(path, tr("This is not the JSON file of a key."));
        return;
    }
    d->form.secret->setText(QString::fromUtf8(document.toJson(QJsonDocument::Compact)));
}

} // namespace Tagboat
