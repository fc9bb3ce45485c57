// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"
#include "transfer/copy.h"

#include <QProcess>
#include <QTest>

#include <optional>

namespace Tagboat::Testing {

//! Repositories of one registry as ends of copies.
class Remote
{
public:
    explicit Remote(const QString& host, const std::optional<Credential>& credential = {})
        : Remote(host, [credential](const std::stop_token&) { return known(credential); }, {})
    { }

    Remote(const QString& host, const CredentialSource& credentials, const RegistryClient::Options& options)
        : m_http(std::make_shared<HttpClient>()), m_host(host),
          m_client(std::make_shared<RegistryClient>(m_http, host, credentials, options))
    { }

    [[nodiscard]] std::shared_ptr<Repository> repository(const QString& path) const
    {
        return m_client->repository(path);
    }

    [[nodiscard]] CopySource source(const QString& path, const QString& tag) const
    {
        CopySource source;
        source.reader = repository(path);
        source.name = tag;
        source.label = m_host + u'/' + path + u':' + tag;
        source.registry = m_host;
        source.repository = path;
        return source;
    }

    [[nodiscard]] CopyDestination destination(const QString& path, const QStringList& tags) const
    {
        CopyDestination destination;
        destination.writer = repository(path);
        destination.names = tags;
        destination.label = m_host + u'/' + path;
        destination.registry = m_host;
        destination.repository = path;
        return destination;
    }

    //! What a tag points at.
    [[nodiscard]] Result<Descriptor> resolve(const QString& path, const QString& tag) const
    {
        return QCoro::waitFor(repository(path)->resolve(tag, {}));
    }

private:
    static Task<Result<std::optional<Credential>>> known(std::optional<Credential> credential)
    {
        co_return Result<std::optional<Credential>>(std::move(credential));
    }

    std::shared_ptr<HttpClient> m_http; //!< outlives the client
    QString m_host;
    std::shared_ptr<RegistryClient> m_client;
};

struct ToolReply
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

//! Runs a program while this thread's event loop goes on (token servers of the tests live in it).
[[nodiscard]] inline ToolReply runTool(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    ToolReply reply;
    const bool isOver =
        QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 120'000);
    if (!isOver) {
        process.kill();
        process.waitForFinished();
    }
    if (isOver && process.exitStatus() == QProcess::NormalExit && process.error() != QProcess::FailedToStart)
        reply.exitCode = process.exitCode();
    reply.output = process.readAllStandardOutput();
    reply.errors = process.readAllStandardError();
    if (process.error() == QProcess::FailedToStart)
        reply.errors += process.errorString().toUtf8();
    return reply;
}

} // namespace Tagboat::Testing

//! Fails with the program's own words.
#define VERIFY_TOOL(reply)                                                                                   \
    do {                                                                                                     \
        const auto& verifiedReply = (reply);                                                                 \
        QVERIFY2(verifiedReply.exitCode == 0,                                                                \
                 QByteArray(verifiedReply.errors + verifiedReply.output).constData());                       \
    } while (false)
