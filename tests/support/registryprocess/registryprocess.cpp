// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/registryprocess/registryprocess.h"

#include "support/registryprocess/tokenserver.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSslSocket>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

constexpr int PollMs = 20;

[[nodiscard]] bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QFile::WriteOnly) && file.write(content) == content.size();
}

//! JSON strings are YAML strings.
QString quoted(const QString& text)
{
    QString escaped = text;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + escaped + u'"';
}

} // namespace

RegistryProcess::RegistryProcess(RegistryOptions options) : m_options(std::move(options))
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OTEL_TRACES_EXPORTER"_s, u"none"_s); // version 3 looks for a collector otherwise
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_directory.filePath(u"log"_s));
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    if (!m_options.tlsNames.isEmpty())
        m_certificate = TestCertificate::make(m_options.tlsNames, m_options.tlsValidity);
}

RegistryProcess::~RegistryProcess()
{
    stop();
}

bool RegistryProcess::writeUsers(const QString& path) const
{
    QByteArray lines;
    for (const auto& [user, password] : m_options.users) {
        // The password goes in by standard input: what is on a command line, everybody can read.
        QProcess htpasswd;
        htpasswd.start(u"htpasswd"_s, {u"-niB"_s, u"-C"_s, u"4"_s, user});
        htpasswd.write(password.toUtf8() + '\n');
        htpasswd.closeWriteChannel();
        if (!htpasswd.waitForFinished() || htpasswd.exitCode() != 0) {
            qWarning("htpasswd: %s", htpasswd.readAllStandardError().constData());
            return false;
        }
        lines += htpasswd.readAllStandardOutput().trimmed() + '\n';
    }
    return writeFile(path, lines);
}

bool RegistryProcess::writeConfig()
{
    QString config =
        u"version: 0.1\n"
        "log: {level: info, formatter: text}\n"
        "storage:\n"
        "  filesystem: {rootdirectory: %1}\n"
        "  delete: {enabled: %2}\n"
        "  maintenance: {readonly: {enabled: %3}}\n"
        "http:\n"
        "  addr: \"127.0.0.1:0\"\n"
        "  secret: \"test\"\n"_s.arg(quoted(storage()), m_options.allowsDelete ? u"true"_s : u"false"_s,
                                     m_options.isReadOnly ? u"true"_s : u"false"_s);
    if (!m_options.tlsNames.isEmpty()) {
        const QString certificate = m_directory.filePath(u"certificate.pem"_s);
        const QString key = m_directory.filePath(u"key.pem"_s);
        if (m_certificate.certificate.isNull() || !writeFile(certificate, m_certificate.certificate.toPem())
            || !writeFile(key, m_certificate.key.toPem()))
            return false;
        QString clients;
        if (!m_options.clientCa.isNull()) {
            const QString authority = m_directory.filePath(u"clients.pem"_s);
            if (!writeFile(authority, m_options.clientCa.toPem()))
                return false;
            clients = u", clientcas: [%1]"_s.arg(quoted(authority));
        }
        config += u"  tls: {certificate: %1, key: %2%3}\n"_s.arg(quoted(certificate), quoted(key), clients);
    }
    if (!m_options.users.isEmpty()) {
        const QString users = m_directory.filePath(u"htpasswd"_s);
        if (!writeUsers(users))
            return false;
        config += u"auth:\n  htpasswd: {realm: \"Tagboat tests\", path: %1}\n"_s.arg(quoted(users));
    } else if (m_options.tokens) {
        const QString bundle = m_directory.filePath(u"issuer.pem"_s);
        if (!writeFile(bundle, m_options.tokens->certificatePem()))
            return false;
        config += u"auth:\n  token: {realm: %1, service: %2, issuer: %3, rootcertbundle: %4}\n"_s.arg(
            quoted(m_options.tokens->realm().toString()), quoted(m_options.tokens->service()),
            quoted(m_options.tokens->issuer()), quoted(bundle));
    }
    return writeFile(m_directory.filePath(u"config.yml"_s), config.toUtf8());
}

//! The system chooses the port, and the registry tells which in its log.
bool RegistryProcess::waitForPort(QDeadlineTimer deadline)
{
    static const QRegularExpression listening(u"msg=\"listening on [^\"]*:(\\d+)"_s);
    while (!deadline.hasExpired() && m_process.state() == QProcess::Running) {
        const auto match = listening.match(QString::fromUtf8(log()));
        if (match.hasMatch()) {
            m_port = match.captured(1).toUShort();
            return true;
        }
        m_process.waitForFinished(PollMs);
    }
    return false;
}

bool RegistryProcess::waitForAnswer(QDeadlineTimer deadline) const
{
    while (!deadline.hasExpired()) {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (m_options.tlsNames.isEmpty())
            socket.connectToHost(u"127.0.0.1"_s, m_port);
        else
            socket.connectToHostEncrypted(u"127.0.0.1"_s, m_port);
        const bool isConnected =
            m_options.tlsNames.isEmpty() ? socket.waitForConnected() : socket.waitForEncrypted();
        // It lets us in no further than that.
        if (isConnected && !m_options.clientCa.isNull())
            return true;
        if (isConnected) {
            socket.write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            if (socket.waitForReadyRead() && socket.readAll().startsWith("HTTP/1.1 "))
                return true;
        }
    }
    return false;
}

bool RegistryProcess::start()
{
    stop();
    if (!m_directory.isValid() || !writeConfig()) {
        qWarning("the registry cannot be configured");
        return false;
    }
    m_process.setStandardOutputFile(m_directory.filePath(u"log"_s)); // begins anew
    m_process.start(u"docker-registry"_s, {u"serve"_s, m_directory.filePath(u"config.yml"_s)});
    const QDeadlineTimer deadline(60s);
    if (m_process.waitForStarted() && waitForPort(deadline) && waitForAnswer(deadline))
        return true;
    qWarning("docker-registry does not come up: %s\n%s", qPrintable(m_process.errorString()),
             log().constData());
    return false;
}

void RegistryProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill(); // it has nothing to lose: the storage is written as it goes
    m_process.waitForFinished();
}

void RegistryProcess::pause()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGSTOP);
}

void RegistryProcess::resume()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT);
}

QString RegistryProcess::host() const
{
    return u"127.0.0.1:%1"_s.arg(m_port);
}

QUrl RegistryProcess::url() const
{
    return QUrl((m_options.tlsNames.isEmpty() ? u"http://"_s : u"https://"_s) + host());
}

QString RegistryProcess::storage() const
{
    return m_options.storage.isEmpty() ? m_directory.filePath(u"storage"_s) : m_options.storage;
}

QByteArray RegistryProcess::storedBlob(const QString& digest) const
{
    const QString algorithm = digest.section(u':', 0, 0);
    const QString hex = digest.section(u':', 1);
    QFile file(storage() + u"/docker/registry/v2/blobs/%1/%2/%3/data"_s.arg(algorithm, hex.left(2), hex));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray RegistryProcess::log() const
{
    QFile file(m_directory.filePath(u"log"_s));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Tagboat
