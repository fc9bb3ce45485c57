// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connectionsettings.h"

#include "ui/certificatetext.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_connectionsettings.h"

#include <QEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The entries of proxyBox, in the order of the form.
enum ProxyChoice { AsTheSystem, NoProxy, ThisProxy };
constexpr auto Straight = "none"_L1; // RegistrySettings::proxy

//! "10.0.0.5", "10.0.0.5:5000", "[fd00::5]:5000", "other.example".
bool isAddress(const QString& text)
{
    const QUrl url(u"https://"_s + text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.port() != 0 && url.userInfo().isEmpty()
        && url.path().isEmpty() && !url.hasQuery() && !url.hasFragment();
}

//! A password has no place in the settings.
bool isProxy(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return (url.scheme() == "http"_L1 || url.scheme() == "socks5"_L1) && isAddress(url.authority())
        && url.path().size() <= 1;
}

//! Not narrower than its text where it wraps: forms would give it a column of words.
void makeNote(QLabel* label)
{
    makeMuted(label);
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

} // namespace

ConnectionSettings::ConnectionSettings(QWidget* parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ConnectionSettings>())
{
    m_ui->setupUi(this);
    const int gap = Metrics(fontMetrics()).gap();
    m_ui->layout->setSpacing(gap);
    // What belongs to the section stands below its word, not below the arrow.
    m_ui->connectionFields->setContentsMargins(gap, 0, 0, gap);
    makeNote(m_ui->connectToHelp);
    makeNote(m_ui->problemLabel);
    m_ui->pinLabel->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->pinRemove->setIcon(icon(u"close"_s));
    m_ui->connectionSummary->setTone(Tone::Muted);

    connect(m_ui->connectionButton, &QToolButton::toggled, this, &ConnectionSettings::showFields);
    for (QLineEdit* edit :
         {m_ui->caEdit, m_ui->certificateEdit, m_ui->keyEdit, m_ui->connectToEdit, m_ui->proxyEdit})
        connect(edit, &QLineEdit::textEdited, this, &ConnectionSettings::tellChange);
    connect(m_ui->plainHttpBox, &QCheckBox::clicked, this, &ConnectionSettings::tellChange);
    connect(m_ui->proxyBox, &QComboBox::activated, this, [this](int choice) {
        tellChange();
        if (choice == ThisProxy)
            m_ui->proxyEdit->setFocus();
    });
    connect(m_ui->caButton, &QPushButton::clicked, this,
            [this] { chooseFile(m_ui->caEdit, tr("Certificate authority")); });
    connect(m_ui->certificateButton, &QPushButton::clicked, this,
            [this] { chooseFile(m_ui->certificateEdit, tr("Client certificate")); });
    connect(m_ui->keyButton, &QPushButton::clicked, this,
            [this] { chooseFile(m_ui->keyEdit, tr("Key of the client certificate")); });
    connect(m_ui->pinRemove, &QToolButton::clicked, this, [this] {
        m_ui->showCertificateButton->setFocus();
        setPin({});
    });
    connect(m_ui->showCertificateButton, &QPushButton::clicked, this, [this] { showCertificate(); });
    showFields(false);
}

ConnectionSettings::~ConnectionSettings() = default;

void ConnectionSettings::setWorkbench(Workbench& workbench)
{
    m_workbench = &workbench;
}

void ConnectionSettings::setRegistry(const QString& registry)
{
    m_registry = registry;
    showKnown();
}

void ConnectionSettings::setOwnRegistry(bool isOwn)
{
    m_isOwnRegistry = isOwn;
    m_ui->form->setRowVisible(m_ui->plainHttpBox, isOwn);
    m_ui->form->setRowVisible(m_ui->certificateRow, isOwn);
    m_ui->form->setRowVisible(m_ui->keyRow, isOwn);
    showState();
}

void ConnectionSettings::showKnown()
{
    if (!m_isAnswered) {
        const RegistrySettings known = m_workbench->registrySettings(m_registry);
        const bool isThisProxy = !known.proxy.isEmpty() && known.proxy != Straight;
        m_ui->plainHttpBox->setChecked(known.plainHttp);
        m_ui->caEdit->setText(known.caFile);
        m_ui->certificateEdit->setText(known.certificateFile);
        m_ui->keyEdit->setText(known.keyFile);
        m_ui->connectToEdit->setText(known.connectTo);
        m_ui->proxyBox->setCurrentIndex(isThisProxy                 ? ThisProxy
                                            : known.proxy.isEmpty() ? AsTheSystem
                                                                    : NoProxy);
        m_ui->proxyEdit->setText(isThisProxy ? known.proxy : QString());
        m_pin = known.pinnedSha256;
    }
    showState();
}

RegistrySettings ConnectionSettings::settings() const
{
    RegistrySettings settings = m_workbench->registrySettings(m_registry);
    if (m_isOwnRegistry) {
        settings.plainHttp = m_ui->plainHttpBox->isChecked();
        settings.certificateFile = m_ui->certificateEdit->text().trimmed();
        settings.keyFile = m_ui->keyEdit->text().trimmed();
    }
    settings.caFile = m_ui->caEdit->text().trimmed();
    settings.pinnedSha256 = m_pin;
    settings.connectTo = m_ui->connectToEdit->text().trimmed();
    settings.proxy = proxy();
    return settings;
}

QString ConnectionSettings::proxy() const
{
    switch (m_ui->proxyBox->currentIndex()) {
    case NoProxy:
        return Straight;
    case ThisProxy: {
        const QString text = m_ui->proxyEdit->text().trimmed();
        return text.isEmpty() || text.contains("://"_L1) ? text : QString(u"http://"_s + text);
    }
    default:
        return {};
    }
}

QString ConnectionSettings::problem() const
{
    const QString connectTo = m_ui->connectToEdit->text().trimmed();
    if (!connectTo.isEmpty() && !isAddress(connectTo))
        return tr("“%1” is no address. It is written as ADDRESS or ADDRESS:PORT.").arg(connectTo);
    if (const QString url = proxy(); m_ui->proxyBox->currentIndex() == ThisProxy && !isProxy(url))
        return tr("A proxy is written as http://HOST:PORT or socks5://HOST:PORT, without a password.");
    return {};
}

//! In one line, for who does not open it.
QString ConnectionSettings::summary() const
{
    const RegistrySettings set = settings();
    QStringList parts;
    if (set.plainHttp)
        parts.append(tr("plain HTTP"));
    if (!set.caFile.isEmpty())
        parts.append(tr("own CA"));
    if (!set.certificateFile.isEmpty())
        parts.append(tr("client certificate"));
    if (!set.pinnedSha256.isEmpty())
        parts.append(tr("pinned certificate"));
    if (!set.connectTo.isEmpty())
        parts.append(tr("connects to %1").arg(set.connectTo));
    if (set.proxy == Straight)
        parts.append(tr("no proxy"));
    else if (!set.proxy.isEmpty())
        parts.append(tr("by the proxy %1").arg(set.proxy.section("://"_L1, -1)));
    return parts.join(u", "_s);
}

void ConnectionSettings::showFields(bool isOpen)
{
    QWidget* const around = window();
    const int before = around->height();
    const int closed = sizeHint().height();
    m_ui->connectionFields->setVisible(isOpen);
    m_ui->connectionButton->setIcon(icon(isOpen ? u"chevron-down"_s : u"chevron-right"_s));
    showState();
    if (!isVisible())
        return;
    // The dialog takes the room of the fields and gives it back, once all layouts on the way up have heard of
    // it. Notes that wrap would else be cut.
    if (isOpen)
        m_heightClosed = before;
    const int height = isOpen ? before + sizeHint().height() - closed : m_heightClosed;
    QTimer::singleShot(0, this, [around, height] { around->resize(around->width(), height); });
}

//! All that follows from what stands in the fields.
void ConnectionSettings::showState()
{
    if (!m_workbench)
        return;
    const bool isOpen = m_ui->connectionButton->isChecked();
    const QString brief = summary();
    m_ui->connectionSummary->setText(isOpen ? QString() : brief);
    m_ui->connectionButton->setAccessibleDescription(brief);
    const bool hasPin = !m_pin.isEmpty();
    m_ui->pinLabel->setText(hasPin ? fingerprintLines(QByteArray::fromHex(m_pin.toLatin1())) : QString());
    m_ui->pinLabel->setVisible(hasPin);
    m_ui->pinRemove->setVisible(hasPin);
    m_ui->showCertificateButton->setEnabled(normalizedRegistry(m_registry).has_value());
    m_ui->proxyEdit->setVisible(m_ui->proxyBox->currentIndex() == ThisProxy);
    m_ui->form->setRowVisible(m_ui->keyRow,
                              m_isOwnRegistry && !m_ui->certificateEdit->text().trimmed().isEmpty());
    const QString wrong = problem();
    m_ui->problemLabel->setText(wrong);
    m_ui->problemLabel->setVisible(!wrong.isEmpty());
}

void ConnectionSettings::tellChange()
{
    m_isAnswered = true;
    showState();
    Q_EMIT changed();
}

void ConnectionSettings::setPin(const QString& sha256)
{
    m_pin = sha256;
    tellChange();
}

void ConnectionSettings::chooseFile(QLineEdit* edit, const QString& title, const std::function<void()>& then)
{
    auto* dialog =
        new QFileDialog(this, title, {}, tr("Certificates (*.pem *.crt *.cer *.key);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, edit, then](const QString& file) {
        edit->setText(file);
        tellChange();
        if (then)
            then();
    });
    dialog->open();
}

void ConnectionSettings::showCertificate(const std::function<void()>& then)
{
    openTrustCertificateDialog(*m_workbench, this, m_registry, settings(),
                               [this, then](const QString& sha256) {
                                   setPin(sha256);
                                   if (then)
                                       then();
                               });
}

void ConnectionSettings::open(ConnectionField field)
{
    m_ui->connectionButton->setChecked(true);
    switch (field) {
    case ConnectionField::CaFile:
        m_ui->caEdit->setFocus();
        break;
    case ConnectionField::ClientCertificate:
        m_ui->certificateEdit->setFocus();
        break;
    case ConnectionField::ConnectTo:
        m_ui->connectToEdit->setFocus();
        m_ui->connectToEdit->selectAll();
        break;
    case ConnectionField::None:
        break;
    }
}

bool ConnectionSettings::runRemedy(const Remedy& remedy, const std::function<void()>& retry)
{
    switch (remedy.kind) {
    case RemedyKind::AllowPlainHttp:
    case RemedyKind::RequireTls:
        m_ui->plainHttpBox->setChecked(remedy.kind == RemedyKind::AllowPlainHttp);
        tellChange();
        retry();
        return true;
    case RemedyKind::TrustCertificate:
        open(ConnectionField::CaFile);
        chooseFile(m_ui->caEdit, tr("Certificate authority"), retry);
        return true;
    case RemedyKind::ShowCertificate:
        showCertificate(retry);
        return true;
    case RemedyKind::ClientCertificate:
        open(ConnectionField::ClientCertificate);
        return true;
    case RemedyKind::ConnectTo:
        open(ConnectionField::ConnectTo);
        return true;
    default:
        return false;
    }
}

void ConnectionSettings::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        showState();
    }
}

} // namespace Tagboat
